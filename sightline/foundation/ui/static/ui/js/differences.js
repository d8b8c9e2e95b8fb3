// Which words differ between two texts.

const MOST_WORDS = 1500;
const words = (text) => text.split(/(\s+)/).filter(Boolean);

/** Lengths of the longest common rests: table[i][j] for a from i and b from j. */
function commonRests(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

/** The words of `text` as [{word, differs}], seen against another; long texts are not compared. */
export function compared(text, other) {
  const [a, b] = [words(text), words(other)];
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return [{ word: text, differs: false }];
  const table = commonRests(a, b);
  const result = [];
  let j = 0;
  a.forEach((word, i) => {
    while (j < b.length && b[j] !== word && table[i][j + 1] >= table[i][j]) j += 1;
    const differs = b[j] !== word || table[i][j] === table[i + 1][j];
    if (!differs) j += 1;
    result.push({ word, differs });
  });
  return result;
}
