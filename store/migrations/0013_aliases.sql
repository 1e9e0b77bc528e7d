-- The addresses that lead to one, when that moves on.
CREATE INDEX url_aliases_to ON url_aliases (leads_to);
