/// The tables of mail. For the sources of this folder only.
#pragma once

#include <cstdint>
#include <string>

#include "store/schema.h"

namespace renown::mail {

/// Addresses and letters stand sealed. `name` is a keyed hash of an address: it is found again without being known. A
/// letter is there until it is done with; `handed` is when the end of it may have been sent.
inline constexpr const char* kSteps[] = {R"(
CREATE TABLE mail_addresses(
  address INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL,
  name TEXT NOT NULL,
  sealed TEXT NOT NULL,
  letters INTEGER NOT NULL,
  findable INTEGER NOT NULL,
  token TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  confirmed INTEGER,
  refused INTEGER,
  digested INTEGER,
  UNIQUE (person, name)) STRICT;
CREATE INDEX mail_addresses_name ON mail_addresses(name);
CREATE INDEX mail_addresses_token ON mail_addresses(token) WHERE token <> '';
CREATE TABLE mail_letters(
  letter INTEGER PRIMARY KEY AUTOINCREMENT,
  address INTEGER NOT NULL REFERENCES mail_addresses ON DELETE CASCADE,
  sealed TEXT NOT NULL,
  until INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next INTEGER,
  handed INTEGER) STRICT;
CREATE INDEX mail_letters_next ON mail_letters(next) WHERE next IS NOT NULL;
CREATE INDEX mail_letters_address ON mail_letters(address);
CREATE TABLE mail_asked(
  person INTEGER NOT NULL,
  name TEXT NOT NULL,
  time INTEGER NOT NULL) STRICT;
CREATE INDEX mail_asked_time ON mail_asked(time);
)"};

inline constexpr std::int64_t kDaySeconds = 86'400;

/// Under which an address of that person is sealed.
inline std::string address_seal_name(std::int64_t person) {
  return "mail of person " + std::to_string(person);
}

inline store::Part mail_part() {
  return {"mail", kSteps};
}

}  // namespace renown::mail
