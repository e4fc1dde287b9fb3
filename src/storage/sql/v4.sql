-- `last_flagged` says whether there is a flag on the question: an exam's answer without one takes none away any more. It is
-- worked out anew: there is a flag if one was set and no later answer in a drill, where it is shown, was without.

UPDATE standing SET last_flagged = EXISTS (
    SELECT 1 FROM answer AS set_by
    WHERE set_by.bank = standing.bank AND set_by.question = standing.question AND set_by.flagged AND NOT EXISTS (
        SELECT 1 FROM answer AS later
        WHERE later.bank = set_by.bank AND later.question = set_by.question AND later.rowid > set_by.rowid
            AND later.occasion IN ('drill', 'sprint') AND NOT later.flagged
    )
);
