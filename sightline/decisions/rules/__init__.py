"""What may follow what, what a proposal is held against, and what a dossier is sealed with."""
