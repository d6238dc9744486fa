"""The maker of the sample dossiers: forms as data, drawn as ink on sheets, then put through a scanner."""
