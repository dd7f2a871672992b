ALTER TABLE "calls" ADD COLUMN "begun" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
UPDATE "calls" SET "begun" = false
WHERE EXISTS (
    SELECT 1 FROM "events" e
    WHERE e."call" = "calls"."id" AND e."kind" = 'requested'
      AND e."data"->>'origin' <> 'rule' AND e."data"->>'identity' <> ''
  )
  AND NOT EXISTS (
    SELECT 1 FROM "events" e
    WHERE e."call" = "calls"."id"
      AND (e."kind" IN ('turn', 'first_audio')
        OR (e."kind" = 'person_joined' AND e."data"->>'role' IN ('caller', 'phone')))
  );
