/// The tables of webhooks. For the sources of this folder only.
#pragma once

#include "store/schema.h"

namespace renown::webhook {

/// Secrets and addresses stand sealed, as text: an address often holds a secret in its path. A delivery keeps its body
/// until it is done with. `next` is the time of its next attempt, and NULL once there is none.
inline constexpr const char* kSteps[] = {
    R"(
CREATE TABLE webhook_endpoints(
  endpoint INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL,
  url TEXT NOT NULL,
  threshold REAL NOT NULL,
  created INTEGER NOT NULL,
  secret TEXT NOT NULL,
  old_secret TEXT,
  old_until INTEGER,
  failing_since INTEGER,
  not_before INTEGER NOT NULL DEFAULT 0,
  disabled INTEGER,
  disabled_reason TEXT NOT NULL DEFAULT '',
  told_score REAL,
  told_model TEXT,
  told_as_of INTEGER,
  told_direction INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX webhook_endpoints_person ON webhook_endpoints(person);
CREATE TABLE webhook_deliveries(
  delivery TEXT PRIMARY KEY,
  endpoint INTEGER NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
  type TEXT NOT NULL,
  created INTEGER NOT NULL,
  body TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next INTEGER) STRICT;
CREATE INDEX webhook_deliveries_next ON webhook_deliveries(next) WHERE next IS NOT NULL;
CREATE INDEX webhook_deliveries_endpoint ON webhook_deliveries(endpoint);
CREATE TABLE webhook_attempts(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery TEXT NOT NULL REFERENCES webhook_deliveries ON DELETE CASCADE,
  endpoint INTEGER NOT NULL,
  time INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  status INTEGER NOT NULL,
  problem TEXT NOT NULL) STRICT;
CREATE INDEX webhook_attempts_endpoint ON webhook_attempts(endpoint, number);
CREATE INDEX webhook_attempts_delivery ON webhook_attempts(delivery);
)",
    // 0: the address stands as it was given, until the store is opened next; 2: sealed, and old bytes may be left.
    R"(
ALTER TABLE webhook_endpoints ADD COLUMN url_sealed INTEGER NOT NULL DEFAULT 0;
)"};

inline store::Part webhook_part() {
  return {"webhook", kSteps};
}

}  // namespace renown::webhook
