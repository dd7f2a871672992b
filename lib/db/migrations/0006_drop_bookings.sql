DROP TABLE "bookings" CASCADE;--> statement-breakpoint
DROP TABLE "messages" CASCADE;--> statement-breakpoint
-- The tool call that took the message tells of it.
DELETE FROM "events" WHERE "kind" = 'message_taken';--> statement-breakpoint
-- Keys of private calendar addresses, which open nothing now.
DELETE FROM "account_keys" WHERE "permissions" = '{"callboard":["calendar"]}';
