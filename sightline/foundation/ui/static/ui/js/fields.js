// What stands in a form, as {name: [values]}, and back again.

const NEVER = new Set(["password", "file", "submit", "button", "reset", "image"]);

function isKept(field) {
  if (!field.name || NEVER.has(field.type) || "autosaveSkip" in field.dataset) return false;
  if (field.type !== "hidden" || "autosaveKeep" in field.dataset) return true;
  return Boolean(field.closest("[data-picker], .picker"));
}

const kept = (form) => [...form.elements].filter(isKept);
const isTick = (field) => field.type === "checkbox" || field.type === "radio";

function valuesOf(field) {
  if (isTick(field)) return field.checked ? [field.value] : [];
  if (field instanceof HTMLSelectElement) return [...field.selectedOptions].map(({ value }) => value);
  return [field.value];
}

/** What stands in the form now; a name without a value has an empty list. */
export function fieldsOf(form) {
  const fields = {};
  for (const field of kept(form)) (fields[field.name] ??= []).push(...valuesOf(field));
  return fields;
}

/** Put fields back; names that the form does not have are left out. */
export function fill(form, fields) {
  const used = {};
  for (const field of kept(form)) {
    const values = fields[field.name];
    if (!values) continue;
    if (isTick(field)) {
      field.checked = values.includes(field.value);
    } else if (field instanceof HTMLSelectElement) {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else {
      const at = (used[field.name] = (used[field.name] ?? -1) + 1);
      if (at < values.length) field.value = values[at];
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

export function same(one, other) {
  const sorted = (fields) => JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}

/** How many bytes of text these are. */
export function sizeOf(fields) {
  return new Blob(Object.values(fields).flat()).size;
}

/** What a person calls the field by this name. */
export function labelOf(form, name) {
  const found = form.elements.namedItem(name);
  const field = found instanceof RadioNodeList ? found[0] : found;
  const group = isTick(field ?? {}) && field.closest("fieldset")?.querySelector("legend");
  return (group || field?.labels?.[0])?.textContent.trim() || field?.getAttribute("aria-label") || name;
}
