/// Schemas of what the API takes and answers (JSON Schema 2020-12): what its tests validate against.

#include <fmt/format.h>

#include "api/problem_types.h"
#include "api/routes.h"
#include "base/version.h"

namespace renown::api {
namespace {

// clang-format off
constexpr const char* kSchemas = R"json({
  "Session": {
    "type": "object",
    "required": ["role", "login", "person", "name", "locale", "csrf", "version"],
    "properties": {
      "role": {"enum": ["anonymous", "person", "operator"]},
      "login": {"type": ["string", "null"]},
      "person": {"type": ["string", "null"]},
      "name": {"type": "string"},
      "locale": {"type": "string"},
      "csrf": {"type": ["string", "null"]},
      "version": {"type": "string"}
    }
  },
  "LogIn": {
    "type": "object",
    "properties": {
      "name": {"type": "string"},
      "password": {"type": "string"},
      "link": {"type": "string"}
    }
  },
  "Backups": {
    "type": "object",
    "required": ["is_on", "is_running", "problem", "next", "items"],
    "properties": {
      "is_on": {"type": "boolean", "description": "A folder for them was named."},
      "is_running": {"type": "boolean"},
      "problem": {"type": ["string", "null"], "description": "Of the last try."},
      "next": {"type": ["string", "null"], "format": "date-time"},
      "items": {
        "type": "array",
        "maxItems": 7,
        "items": {
          "type": "object",
          "required": ["name", "made", "size_bytes"],
          "properties": {
            "name": {"type": "string"},
            "made": {"type": "string", "format": "date-time"},
            "size_bytes": {"type": "integer", "minimum": 0}
          }
        }
      }
    }
  },
  "LogInNetworks": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": ["network", "needs"],
          "properties": {"network": {"type": "string"}, "needs": {"enum": ["server", "handle", "none"]}}
        }
      }
    }
  },
  "LogInAt": {
    "type": "object",
    "required": ["network"],
    "properties": {"network": {"type": "string"}, "server": {"type": "string"}, "handle": {"type": "string"}}
  },
  "LogInUrl": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}}},
  "Sessions": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "id",
            "device",
            "created",
            "last_used",
            "is_this"
          ],
          "properties": {
            "id": {
              "type": "string",
              "pattern": "^[0-9]{1,18}$"
            },
            "device": {"type": "string"},
            "created": {"type": "string", "format": "date-time"},
            "last_used": {"type": [ "string", "null" ], "format": "date-time"},
            "is_this": {"type": "boolean"}
          }
        }
      }
    }
  },
  "Setup": {"type": "object", "required": ["needed"], "properties": {"needed": {"type": "boolean"}}},
  "SetUp": {
    "type": "object",
    "required": ["token", "name", "password"],
    "properties": {
      "token": {"type": "string"},
      "name": {"type": "string"},
      "password": {"type": "string"}
    }
  },
  "NewPassword": {
    "type": "object",
    "required": ["new"],
    "properties": {
      "old": {"type": "string"},
      "new": {"type": "string"}
    }
  },
  "Invitations": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "id",
            "name",
            "created",
            "expires"
          ],
          "properties": {
            "id": {
              "type": "string",
              "pattern": "^[0-9]{1,18}$"
            },
            "name": {"type": "string"},
            "created": {"type": "string", "format": "date-time"},
            "expires": {"type": "string", "format": "date-time"}
          }
        }
      }
    }
  },
  "NewInvitation": {"type": "object", "properties": {"name": {"type": "string"}}},
  "MadeInvitation": {
    "type": "object",
    "required": ["id", "url", "expires"],
    "properties": {
      "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "url": {"type": "string"},
      "expires": {"type": "string", "format": "date-time"}
    }
  },
  "OpenInvitation": {
    "type": "object",
    "required": ["from", "name", "expires"],
    "properties": {
      "from": {"type": "string"},
      "name": {"type": "string"},
      "expires": {"type": "string", "format": "date-time"}
    }
  },
  "Enrolment": {
    "type": "object",
    "required": ["invitation", "name", "password"],
    "properties": {
      "invitation": {"type": "string"},
      "name": {"type": "string"},
      "password": {"type": "string"}
    }
  },
  "Source": {
    "type": "object",
    "required": ["state", "since", "read", "problem"],
    "properties": {
      "state": {"enum": ["none", "unread", "current", "partial", "stale"]},
      "since": {"type": ["string", "null"], "format": "date-time"},
      "read": {"type": ["string", "null"], "format": "date-time"},
      "problem": {"type": ["string", "null"]}
    }
  },
  "Account": {
    "type": "object",
    "required": ["network", "account", "proofs"],
    "properties": {
      "network": {"type": "string"},
      "account": {"type": "string"},
      "proofs": {"type": "array", "items": {"type": "string"}},
      "source": {"$ref": "#/components/schemas/Source"}
    }
  },
  "Person": {
    "type": "object",
    "required": ["id", "name", "accounts", "is_public", "verified"],
    "properties": {
      "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "name": {"type": "string"},
      "accounts": {"type": "array", "items": {"$ref": "#/components/schemas/Account"}},
      "is_public": {"type": "boolean"},
      "verified": {"type": "boolean"},
      "basis": {"enum": ["enrolled", "community", "none"]},
      "inviter": {"type": ["string", "null"]},
      "opted_out": {"type": "boolean"}
    }
  },
  "Numbers": {
    "type": "object",
    "required": ["score", "low", "high", "raw", "reach", "interactions"],
    "properties": {
      "score": {"type": ["number", "null"]},
      "low": {"type": ["number", "null"]},
      "high": {"type": ["number", "null"]},
      "vouched_score": {"type": ["number", "null"]},
      "bound_score": {"type": ["number", "null"]},
      "percentile": {"type": ["number", "null"]},
      "raw": {"type": "number"},
      "vouched_raw": {"type": ["number", "null"]},
      "reach": {"type": "integer", "minimum": 0},
      "amplification": {"type": "number"},
      "interactions": {"type": "integer", "minimum": 0}
    }
  },
  "Card": {
    "type": "object",
    "required": ["state"],
    "properties": {
      "state": {"enum": ["scored", "unscored", "not_enough_data"]},
      "score": {"type": ["number", "null"]},
      "low": {"type": ["number", "null"]},
      "high": {"type": ["number", "null"]},
      "vouched_score": {"type": ["number", "null"]},
      "bound_score": {"type": ["number", "null"]},
      "percentile": {"type": ["number", "null"]},
      "percentile_here": {"type": ["number", "null"]},
      "coverage": {"type": "number"},
      "raw": {"type": "number"},
      "vouched_raw": {"type": ["number", "null"]},
      "reach": {"type": "integer", "minimum": 0},
      "amplification": {"type": "number"},
      "interactions": {"type": "integer", "minimum": 0},
      "model": {"type": "string"},
      "as_of": {"type": ["string", "null"], "format": "date-time"},
      "protection": {"enum": ["verified", "unprotected"]},
      "missing": {"type": "integer", "minimum": 0},
      "stale": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "network",
            "since"
          ],
          "properties": {
            "network": {"type": "string"},
            "since": {"type": [ "string", "null" ], "format": "date-time"}
          }
        }
      },
      "hidden": {"type": "boolean"},
      "change": {
        "type": "object",
        "required": [
          "day",
          "week",
          "month"
        ],
        "properties": {
          "day": {"type": [ "number", "null" ]},
          "week": {"type": [ "number", "null" ]},
          "month": {"type": [ "number", "null" ]}
        }
      }
    }
  },
  "History": {
    "type": "object",
    "required": ["points", "models"],
    "properties": {
      "points": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "day",
            "score",
            "low",
            "high",
            "model"
          ],
          "properties": {
            "day": {"type": "string", "format": "date"},
            "score": {"type": [ "number", "null" ]},
            "low": {"type": [ "number", "null" ]},
            "high": {"type": [ "number", "null" ]},
            "model": {"type": "string"}
          }
        }
      },
      "models": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "from",
            "model"
          ],
          "properties": {
            "from": {"type": "string", "format": "date"},
            "model": {"type": "string"}
          }
        }
      }
    }
  },
  "Moments": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "id",
            "day",
            "network",
            "kind",
            "post",
            "url",
            "text",
            "part",
            "points",
            "engagers"
          ],
          "properties": {
            "id": {"type": "string"},
            "day": {"type": "string", "format": "date"},
            "network": {"type": "string"},
            "kind": {"enum": [ "post", "account" ]},
            "post": {"type": [ "string", "null" ]},
            "url": {"type": [ "string", "null" ]},
            "text": {"type": [ "string", "null" ]},
            "part": {"type": "number"},
            "points": {"type": [ "number", "null" ]},
            "engagers": {"type": "integer", "minimum": 0}
          }
        }
      }
    }
  },
  "Reason": {
    "type": "object",
    "required": ["code", "part", "points", "count", "about", "words"],
    "properties": {
      "code": {"type": "string"},
      "part": {"type": "number"},
      "points": {"type": ["number", "null"]},
      "count": {"type": "integer", "minimum": 0},
      "about": {"type": ["string", "null"]},
      "words": {"type": "string"}
    }
  },
  "Reasons": {
    "type": "object",
    "required": ["raises", "limits"],
    "properties": {
      "raises": {"type": "array", "items": {"$ref": "#/components/schemas/Reason"}},
      "limits": {"type": "array", "items": {"$ref": "#/components/schemas/Reason"}}
    }
  },
  "Change": {
    "type": "object",
    "required": ["since", "before", "after", "reasons"],
    "properties": {
      "since": {"type": "string", "format": "date-time"},
      "before": {"$ref": "#/components/schemas/Numbers"},
      "after": {"$ref": "#/components/schemas/Numbers"},
      "reasons": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "code",
            "part",
            "engagers",
            "words"
          ],
          "properties": {
            "code": {"type": "string"},
            "part": {"type": "number"},
            "engagers": {"type": "integer", "minimum": 0},
            "words": {"type": "string"}
          }
        }
      }
    }
  },
  "WhatIf": {
    "type": "object",
    "required": ["without"],
    "properties": {
      "without": {
        "type": "object",
        "properties": {
          "engagers": {
            "type": "array",
            "items": {"type": "string"}
          },
          "posts": {
            "type": "array",
            "items": {"type": "string"}
          },
          "networks": {
            "type": "array",
            "items": {"type": "string"}
          }
        }
      }
    }
  },
  "WhatIfAnswer": {
    "type": "object",
    "required": ["before", "after"],
    "properties": {
      "before": {"$ref": "#/components/schemas/Numbers"},
      "after": {"$ref": "#/components/schemas/Numbers"}
    }
  },
  "LedgerLine": {
    "type": "object",
    "required": [
      "id",
      "network",
      "account",
      "engager",
      "post",
      "kind",
      "day",
      "tags",
      "verified",
      "part",
      "points_lost"
    ],
    "properties": {
      "id": {"type": "string"},
      "network": {"type": "string"},
      "account": {"type": "string"},
      "engager": {"type": "string"},
      "post": {"type": ["string", "null"]},
      "kind": {"type": "string"},
      "day": {"type": "string", "format": "date"},
      "tags": {"type": "array", "items": {"type": "string"}},
      "verified": {"type": "boolean"},
      "part": {"type": "number"},
      "points_lost": {"type": ["number", "null"]}
    }
  },
  "Networks": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "network",
            "part",
            "share",
            "points",
            "engagers"
          ],
          "properties": {
            "network": {"type": "string"},
            "part": {"type": "number"},
            "share": {"type": "number"},
            "points": {"type": [ "number", "null" ]},
            "engagers": {"type": "integer", "minimum": 0},
            "source": {"$ref": "#/components/schemas/Source"}
          }
        }
      }
    }
  },
  "Topics": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "topic",
            "part",
            "share",
            "points",
            "engagers"
          ],
          "properties": {
            "topic": {"type": "string"},
            "part": {"type": "number"},
            "share": {"type": "number"},
            "points": {"type": [ "number", "null" ]},
            "engagers": {"type": "integer", "minimum": 0}
          }
        }
      }
    }
  },
  "Subscore": {
    "type": "object",
    "required": ["value", "points", "words"],
    "properties": {
      "value": {"type": ["number", "null"]},
      "points": {"type": ["number", "null"]},
      "words": {"type": "string"}
    }
  },
  "Subscores": {
    "type": "object",
    "required": ["reach", "amplification", "network"],
    "properties": {
      "reach": {"$ref": "#/components/schemas/Subscore"},
      "amplification": {"$ref": "#/components/schemas/Subscore"},
      "network": {"$ref": "#/components/schemas/Subscore"}
    }
  },
  "Peer": {
    "type": "object",
    "required": ["id", "person", "name", "part", "x", "y"],
    "properties": {
      "id": {"type": "string"},
      "person": {"type": ["string", "null"]},
      "name": {"type": ["string", "null"]},
      "part": {"type": "number"},
      "x": {"type": "number"},
      "y": {"type": "number"}
    }
  },
  "Influence": {
    "type": "object",
    "required": ["influencers", "influenced", "influencers_count", "influenced_count"],
    "properties": {
      "influencers": {"type": "array", "items": {"$ref": "#/components/schemas/Peer"}},
      "influenced": {"type": "array", "items": {"$ref": "#/components/schemas/Peer"}},
      "influencers_count": {"type": "integer", "minimum": 0},
      "influenced_count": {"type": "integer", "minimum": 0}
    }
  },
  "BoardLine": {
    "type": "object",
    "required": ["rank", "person", "card"],
    "properties": {
      "rank": {"type": "integer", "minimum": 0},
      "person": {"$ref": "#/components/schemas/Person"},
      "card": {"$ref": "#/components/schemas/Card"}
    }
  },
  "Comparison": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "person",
            "card",
            "history"
          ],
          "properties": {
            "person": {"$ref": "#/components/schemas/Person"},
            "card": {"$ref": "#/components/schemas/Card"},
            "history": {"$ref": "#/components/schemas/History"}
          }
        }
      }
    }
  },
  "Preferences": {
    "type": "object",
    "required": ["is_public", "audience", "on_board", "score_hidden", "digest", "opted_out", "locale", "time_zone",
                 "notify_move"],
    "properties": {
      "is_public": {"type": "boolean"},
      "audience": {"enum": ["nobody", "members", "everyone"]},
      "on_board": {"type": "boolean"},
      "score_hidden": {"type": "boolean"},
      "digest": {"enum": ["weekly", "daily", "none"]},
      "opted_out": {"type": "boolean"},
      "locale": {"type": "string"},
      "time_zone": {"type": "string"},
      "notify_move": {"type": ["number", "null"], "minimum": 0.1, "maximum": 99}
    }
  },
  "PreferenceChange": {
    "type": "object",
    "properties": {
      "is_public": {"type": "boolean"},
      "audience": {"enum": ["nobody", "members", "everyone"]},
      "on_board": {"type": "boolean"},
      "score_hidden": {"type": "boolean"},
      "digest": {"enum": ["weekly", "daily", "none"]},
      "locale": {"type": "string"},
      "time_zone": {"type": "string"},
      "notify_move": {"type": ["number", "null"], "minimum": 0.1, "maximum": 99}
    }
  },
  "OptOut": {"type": "object", "properties": {"opted_out": {"type": "boolean"}}},
  "Consents": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "id",
            "asker",
            "purpose",
            "given",
            "withdrawn"
          ],
          "properties": {
            "id": {
              "type": "string",
              "pattern": "^[0-9]{1,18}$"
            },
            "asker": {"type": [ "string", "null" ]},
            "purpose": {"type": [ "string", "null" ]},
            "given": {"type": "string", "format": "date-time"},
            "withdrawn": {"type": [ "string", "null" ], "format": "date-time"}
          }
        }
      }
    }
  },
  "NewConsent": {"type": "object", "properties": {"asker": {"type": "string"}, "purpose": {"type": "string"}}},
  "Id": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "pattern": "^[0-9]{1,18}$"}}},
  "Lookup": {
    "type": "object",
    "required": ["time", "asker", "purpose", "outcome"],
    "properties": {
      "time": {"type": "string", "format": "date-time"},
      "asker": {"type": "string"},
      "purpose": {"type": "string"},
      "outcome": {"enum": ["score", "unscored", "try_later"]}
    }
  },
  "EraseBody": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
  "Erased": {
    "type": "object",
    "required": ["accounts", "interactions"],
    "properties": {
      "accounts": {"type": "integer", "minimum": 0},
      "interactions": {"type": "integer", "minimum": 0}
    }
  },
  "AccountName": {
    "type": "object",
    "required": ["network", "account"],
    "properties": {
      "network": {"type": "string"},
      "account": {"type": "string"}
    }
  },
  "Proof": {
    "type": "object",
    "required": ["text", "ways", "expires"],
    "properties": {
      "text": {"type": "string"},
      "ways": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "method",
            "value",
            "words"
          ],
          "properties": {
            "method": {"type": "string"},
            "value": {"type": "string"},
            "words": {"type": "string"}
          }
        }
      },
      "expires": {"type": "string", "format": "date-time"}
    }
  },
  "Verdict": {
    "type": "object",
    "required": ["proven", "method", "words", "evidence", "problems"],
    "properties": {
      "proven": {"type": "boolean"},
      "method": {"type": ["string", "null"]},
      "words": {"type": "string"},
      "evidence": {"type": "array", "items": {"type": "string"}},
      "problems": {"type": "array", "items": {"type": "string"}}
    }
  },
  "SourceName": {"type": "object", "required": ["source"], "properties": {"source": {"type": "string"}}},
  "ProfileCheck": {
    "type": "object",
    "required": ["seen", "items"],
    "properties": {
      "seen": {"type": "integer", "minimum": 0},
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "code",
            "words"
          ],
          "properties": {
            "code": {"type": "string"},
            "words": {"type": "string"}
          }
        }
      }
    }
  },
  "ApiKey": {
    "type": "object",
    "required": ["id", "prefix", "name", "scopes", "created"],
    "properties": {
      "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "prefix": {"type": "string"},
      "name": {"type": "string"},
      "scopes": {"type": "array", "items": {"type": "string"}},
      "organisation": {"type": ["string", "null"]},
      "purpose": {"type": ["string", "null"]},
      "created": {"type": "string", "format": "date-time"},
      "expires": {"type": ["string", "null"], "format": "date-time"},
      "last_used": {"type": ["string", "null"], "format": "date-time"},
      "revoked": {"type": ["string", "null"], "format": "date-time"},
      "key": {"type": "string"}
    }
  },
  "Keys": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {"type": "array", "items": {"$ref": "#/components/schemas/ApiKey"}}
    }
  },
  "NewKey": {
    "type": "object",
    "required": ["name", "scopes"],
    "properties": {
      "name": {"type": "string"},
      "scopes": {"type": "array", "items": {"type": "string"}},
      "organisation": {"type": "string"},
      "purpose": {"type": "string"},
      "expires": {"type": "string", "format": "date-time"}
    }
  },
  "MadeKey": {"allOf": [{"$ref": "#/components/schemas/ApiKey"}, {"type": "object", "required": ["key"]}]},
  "LookupOutcome": {
    "type": "object",
    "required": ["outcome", "card", "stale_since"],
    "properties": {
      "outcome": {"enum": ["score", "unscored", "try_later"]},
      "card": {"oneOf": [{"$ref": "#/components/schemas/Card"}, {"type": "null"}]},
      "stale_since": {"type": ["string", "null"], "format": "date-time"}
    }
  },
  "LookupMany": {
    "type": "object",
    "required": ["purpose", "ids"],
    "properties": {
      "purpose": {"type": "string"},
      "ids": {"type": "array", "minItems": 1, "maxItems": 100, "items": {"type": "string"}}
    }
  },
  "LookupOutcomes": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {"type": "array", "items": {"$ref": "#/components/schemas/LookupOutcome"}}
    }
  },
  "Run": {
    "type": "object",
    "required": ["id", "as_of", "model", "protection", "published", "rows", "people", "scored", "seconds"],
    "properties": {
      "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "as_of": {"type": "string", "format": "date-time"},
      "model": {"type": "string"},
      "protection": {"type": "string"},
      "observed_verified_share": {"type": "number"},
      "published": {"type": "string", "format": "date-time"},
      "rows": {"type": "integer", "minimum": 0},
      "people": {"type": "integer", "minimum": 0},
      "scored": {"type": "integer", "minimum": 0},
      "seconds": {"type": "number"}
    }
  },
  "State": {
    "type": "object",
    "required": ["people", "sources", "run", "job", "next_sync", "reasons_ready", "warnings"],
    "properties": {
      "people": {"type": "integer", "minimum": 0},
      "sources": {"type": "integer", "minimum": 0},
      "run": {"oneOf": [{"$ref": "#/components/schemas/Run"}, {"type": "null"}]},
      "job": {
        "oneOf": [
          {
            "type": "object",
            "required": [
              "name",
              "stage",
              "done",
              "total"
            ],
            "properties": {
              "name": {"type": "string"},
              "stage": {"type": "string"},
              "done": {"type": "integer", "minimum": 0},
              "total": {"type": "integer", "minimum": 0}
            }
          },
          {"type": "null"}
        ]
      },
      "next_sync": {"type": ["string", "null"], "format": "date-time"},
      "reasons_ready": {"type": "boolean"},
      "warnings": {"type": "array", "items": {"type": "string"}}
    }
  },
  "Sources": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "name",
            "connector",
            "network",
            "state",
            "rows"
          ],
          "properties": {
            "name": {"type": "string"},
            "connector": {"type": "string"},
            "network": {"type": "string"},
            "account": {"type": [ "string", "null" ]},
            "server": {"type": [ "string", "null" ]},
            "state": {"type": "string"},
            "since": {"type": [ "string", "null" ], "format": "date-time"},
            "read": {"type": [ "string", "null" ], "format": "date-time"},
            "problem": {"type": [ "string", "null" ]},
            "rows": {"type": "integer", "minimum": 0}
          }
        }
      }
    }
  },
  "Member": {
    "type": "object",
    "required": ["id", "name", "basis", "verified", "inviter", "cut", "accounts", "scored"],
    "properties": {
      "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "name": {"type": "string"},
      "basis": {"type": "string"},
      "verified": {"type": ["string", "null"]},
      "inviter": {"type": ["string", "null"]},
      "cut": {"type": "boolean"},
      "accounts": {"type": "array", "items": {"type": "string"}},
      "scored": {"type": "boolean"}
    }
  },
  "VerifiedBody": {"type": "object", "required": ["verified"], "properties": {"verified": {"type": "boolean"}}},
  "OwnFindings": {
    "type": "object",
    "required": ["items"],
    "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/OwnFinding"}}}
  },
  "OwnFinding": {
    "type": "object",
    "required": [
      "id", "state", "since", "run", "latest", "engagers", "targets", "density", "reference_density", "accounts", "words",
      "score", "score_if_pardoned", "points", "appeals"
    ],
    "properties": {
      "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "state": {"enum": ["found", "pardoned", "gone"]},
      "since": {"type": ["string", "null"], "format": "date-time"},
      "run": {"type": ["string", "null"]},
      "latest": {"type": ["string", "null"], "format": "date-time"},
      "engagers": {"type": ["integer", "null"], "minimum": 0},
      "targets": {"type": ["integer", "null"], "minimum": 0},
      "density": {"type": ["number", "null"]},
      "reference_density": {"type": ["number", "null"]},
      "accounts": {"type": "array", "items": {"$ref": "#/components/schemas/FarmAccount"}},
      "words": {"type": ["string", "null"]},
      "score": {"type": ["number", "null"]},
      "score_if_pardoned": {"type": ["number", "null"]},
      "points": {"type": ["number", "null"]},
      "appeals": {"type": "array", "items": {"$ref": "#/components/schemas/Appeal"}}
    }
  },
  "FarmAccount": {
    "type": "object",
    "required": ["account", "targets", "lockstep", "share", "first", "latest"],
    "properties": {
      "account": {"type": "string"},
      "targets": {"type": "integer", "minimum": 0},
      "lockstep": {"type": "integer", "minimum": 0},
      "share": {"type": "number"},
      "first": {"type": "string", "format": "date-time"},
      "latest": {"type": "string", "format": "date-time"},
      "person": {"type": ["string", "null"]},
      "name": {"type": ["string", "null"]}
    }
  },
  "Appeal": {
    "type": "object",
    "required": ["id", "finding", "text", "made", "state", "answer", "answered"],
    "properties": {
      "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "finding": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "text": {"type": "string"},
      "made": {"type": "string", "format": "date-time"},
      "state": {"enum": ["open", "withdrawn", "upheld", "pardoned", "revoked"]},
      "answer": {"type": ["string", "null"]},
      "answered": {"type": ["string", "null"], "format": "date-time"},
      "person": {"type": "string"},
      "name": {"type": ["string", "null"]}
    }
  },
  "NewAppeal": {
    "type": "object",
    "required": ["finding", "text"],
    "properties": {"finding": {"type": "string"}, "text": {"type": "string"}}
  },
  "Findings": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "id", "state", "since", "run", "latest", "engagers", "targets", "density", "reference_density", "accounts",
            "accounts_count", "cost", "appeals"
          ],
          "properties": {
            "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
            "state": {"enum": ["found", "pardoned", "gone"]},
            "since": {"type": ["string", "null"], "format": "date-time"},
            "run": {"type": ["string", "null"]},
            "latest": {"type": ["string", "null"], "format": "date-time"},
            "engagers": {"type": ["integer", "null"], "minimum": 0},
            "targets": {"type": ["integer", "null"], "minimum": 0},
            "density": {"type": ["number", "null"]},
            "reference_density": {"type": ["number", "null"]},
            "accounts": {"type": "array", "items": {"$ref": "#/components/schemas/FarmAccount"}},
            "accounts_count": {"type": "integer", "minimum": 0},
            "cost": {
              "type": ["object", "null"],
              "required": ["people", "most_points"],
              "properties": {
                "people": {"type": "integer", "minimum": 0},
                "most_points": {"type": ["number", "null"]}
              }
            },
            "appeals": {"type": "array", "items": {"$ref": "#/components/schemas/Appeal"}}
          }
        }
      }
    }
  },
  "AppealAnswer": {
    "type": "object",
    "required": ["verdict", "answer"],
    "properties": {
      "verdict": {"enum": ["pardon", "uphold"]},
      "covers": {"enum": ["theirs", "all"]},
      "answer": {"type": "string"}
    }
  },
  "PardonWords": {"type": "object", "required": ["answer"], "properties": {"answer": {"type": "string"}}},
  "Pardons": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": ["id", "finding", "since", "why", "accounts", "accounts_count"],
          "properties": {
            "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
            "finding": {"type": ["string", "null"]},
            "since": {"type": "string", "format": "date-time"},
            "why": {"type": "string"},
            "accounts": {"type": "array", "items": {"type": "string"}},
            "accounts_count": {"type": "integer", "minimum": 0}
          }
        }
      }
    }
  },
  "Logins": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "id",
            "name",
            "role",
            "person",
            "has_password",
            "created"
          ],
          "properties": {
            "id": {
              "type": "string",
              "pattern": "^[0-9]{1,18}$"
            },
            "name": {"type": "string"},
            "role": {"type": "string"},
            "person": {"type": [ "string", "null" ]},
            "has_password": {"type": "boolean"},
            "created": {"type": "string", "format": "date-time"}
          }
        }
      }
    }
  },
  "NewLogin": {
    "type": "object",
    "required": ["name"],
    "properties": {
      "name": {"type": "string"},
      "role": {"enum": ["person", "operator"]}
    }
  },
  "MadeLogin": {
    "type": "object",
    "required": ["id", "url", "expires"],
    "properties": {
      "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "url": {"type": "string"},
      "expires": {"type": "string", "format": "date-time"}
    }
  },
  "Webhook": {
    "type": "object",
    "required": ["id", "url", "threshold", "created", "disabled"],
    "properties": {
      "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "url": {"type": "string"},
      "threshold": {"type": "number"},
      "created": {"type": "string", "format": "date-time"},
      "failing_since": {"type": ["string", "null"], "format": "date-time"},
      "disabled": {"type": ["string", "null"], "format": "date-time"},
      "disabled_reason": {"type": ["string", "null"]},
      "secret": {"type": "string"}
    }
  },
  "Webhooks": {
    "type": "object",
    "required": ["items"],
    "properties": {
      "items": {"type": "array", "items": {"$ref": "#/components/schemas/Webhook"}}
    }
  },
  "NewWebhook": {
    "type": "object",
    "required": ["url"],
    "properties": {
      "url": {"type": "string"},
      "threshold": {"type": "number"}
    }
  },
  "MadeWebhook": {"allOf": [{"$ref": "#/components/schemas/Webhook"}, {"type": "object", "required": ["secret"]}]},
  "Delivery": {"type": "object", "required": ["delivery"], "properties": {"delivery": {"type": "string"}}},
  "Attempt": {
    "type": "object",
    "required": ["delivery", "type", "time", "attempt", "status", "problem"],
    "properties": {
      "delivery": {"type": "string"},
      "type": {"type": "string"},
      "time": {"type": "string", "format": "date-time"},
      "attempt": {"type": "integer", "minimum": 0},
      "status": {"type": "integer", "minimum": 0},
      "problem": {"type": ["string", "null"]}
    }
  },
  "Subscriptions": {
    "type": "object",
    "required": ["public_key", "items"],
    "properties": {
      "public_key": {"type": "string"},
      "items": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "id",
            "created"
          ],
          "properties": {
            "id": {
              "type": "string",
              "pattern": "^[0-9]{1,18}$"
            },
            "created": {"type": "string", "format": "date-time"}
          }
        }
      }
    }
  },
  "NewSubscription": {
    "type": "object",
    "required": ["endpoint", "keys"],
    "properties": {
      "endpoint": {"type": "string"},
      "keys": {
        "type": "object",
        "required": [
          "p256dh",
          "auth"
        ],
        "properties": {
          "p256dh": {"type": "string"},
          "auth": {"type": "string"}
        }
      }
    }
  },
  "Address": {
    "type": "object",
    "required": ["id", "address", "state", "letters", "findable", "added", "expires"],
    "properties": {
      "id": {"type": "string"},
      "address": {"type": ["string", "null"]},
      "state": {"enum": ["waiting", "confirmed", "refused"]},
      "letters": {"type": "boolean"},
      "findable": {"type": "boolean"},
      "added": {"type": ["string", "null"], "format": "date-time"},
      "expires": {"type": ["string", "null"], "format": "date-time"}
    }
  },
  "Addresses": {
    "type": "object",
    "required": ["available", "items"],
    "properties": {
      "available": {"type": "boolean"},
      "items": {"type": "array", "items": {"$ref": "#/components/schemas/Address"}}
    }
  },
  "NewAddress": {
    "type": "object",
    "required": ["address"],
    "properties": {
      "address": {"type": "string"},
      "letters": {"type": "boolean"},
      "findable": {"type": "boolean"}
    }
  },
  "AddressAsked": {"type": "object", "required": ["state"], "properties": {"state": {"enum": ["waiting"]}}},
  "AddressToken": {"type": "object", "required": ["token"], "properties": {"token": {"type": "string"}}},
  "AddressChange": {
    "type": "object",
    "properties": {"letters": {"type": "boolean"}, "findable": {"type": "boolean"}}
  },
  "DigestSent": {
    "type": "object",
    "required": ["letters"],
    "properties": {"letters": {"type": "integer", "minimum": 1}}
  },
  "AuditLine": {
    "type": "object",
    "required": ["time", "by", "what", "login", "detail"],
    "properties": {
      "time": {"type": "string", "format": "date-time"},
      "by": {"type": ["string", "null"]},
      "what": {"type": "string"},
      "login": {"type": ["string", "null"]},
      "detail": {"type": "string"}
    }
  },
  "KloutError": {
    "type": "object",
    "required": ["error", "description"],
    "properties": {"error": {"type": "integer", "minimum": 0}, "description": {"type": "string"}}
  },
  "KloutIdentity": {
    "type": "object",
    "required": ["id", "network"],
    "properties": {"id": {"type": "string"}, "network": {"type": "string"}}
  },
  "KloutDeltas": {
    "type": "object",
    "required": ["dayChange", "weekChange", "monthChange"],
    "properties": {
      "dayChange": {"type": ["number", "null"]},
      "weekChange": {"type": ["number", "null"]},
      "monthChange": {"type": ["number", "null"]}
    }
  },
  "KloutUser": {
    "type": "object",
    "required": ["kloutId", "nick", "score", "scoreDeltas"],
    "properties": {
      "kloutId": {"type": "string", "pattern": "^[0-9]{1,18}$"},
      "nick": {"type": "string"},
      "score": {
        "type": "object",
        "required": ["score", "bucket"],
        "properties": {"score": {"type": "number"}, "bucket": {"type": "string"}}
      },
      "scoreDeltas": {"$ref": "#/components/schemas/KloutDeltas"}
    }
  },
  "KloutScore": {
    "type": "object",
    "required": ["score", "scoreDelta", "bucket"],
    "properties": {
      "score": {"type": "number"},
      "scoreDelta": {"$ref": "#/components/schemas/KloutDeltas"},
      "bucket": {"type": "string"}
    }
  },
  "KloutTopics": {
    "type": "array",
    "items": {
      "type": "object",
      "required": ["id", "displayName", "name", "slug", "imageUrl", "topicType"],
      "properties": {
        "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
        "displayName": {"type": "string"},
        "name": {"type": "string"},
        "slug": {"type": "string"},
        "imageUrl": {"type": "string"},
        "topicType": {"enum": ["sub"]}
      }
    }
  },
  "KloutPeer": {
    "type": "object",
    "required": ["entity"],
    "properties": {
      "entity": {
        "type": "object",
        "required": ["id", "payload"],
        "properties": {
          "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
          "payload": {"$ref": "#/components/schemas/KloutUser"}
        }
      }
    }
  },
  "KloutInfluence": {
    "type": "object",
    "required": ["myInfluencers", "myInfluencees", "myInfluencersCount", "myInfluenceesCount"],
    "properties": {
      "myInfluencers": {"type": "array", "items": {"$ref": "#/components/schemas/KloutPeer"}},
      "myInfluencees": {"type": "array", "items": {"$ref": "#/components/schemas/KloutPeer"}},
      "myInfluencersCount": {"type": "integer", "minimum": 0},
      "myInfluenceesCount": {"type": "integer", "minimum": 0}
    }
  },
  "KloutPair": {
    "type": "object",
    "required": ["twitter_screen_name", "kscore"],
    "properties": {"twitter_screen_name": {"type": "string"}, "kscore": {"type": "number"}}
  },
  "KloutUsers": {
    "type": "object",
    "required": ["status", "users"],
    "properties": {
      "status": {"type": "integer", "minimum": 0},
      "users": {
        "type": "array",
        "items": {
          "type": "object",
          "required": ["twitter_screen_name"],
          "properties": {
            "twitter_screen_name": {"type": "string"},
            "twitter_id": {"type": ["string", "null"]},
            "kscore": {"type": "number"},
            "score": {
              "type": "object",
              "required": [
                "kscore",
                "network_score",
                "amplification_score",
                "true_reach",
                "delta_1day",
                "delta_5day"
              ],
              "properties": {
                "kscore": {"type": "number"},
                "network_score": {"type": ["number", "null"]},
                "amplification_score": {"type": "number"},
                "true_reach": {"type": "integer", "minimum": 0},
                "delta_1day": {"type": ["number", "null"]},
                "delta_5day": {"type": ["number", "null"]}
              }
            },
            "topics": {"type": "array", "items": {"type": "string"}},
            "influencers": {"type": "array", "items": {"$ref": "#/components/schemas/KloutPair"}},
            "influencees": {"type": "array", "items": {"$ref": "#/components/schemas/KloutPair"}}
          }
        }
      }
    }
  }
})json";
// clang-format on

}  // namespace

http::ApiInfo api_info() {
  return {.title = "Renown",
          .version = std::string(base::version()),
          .description = "An open, explainable influence score. `unscored` is never to be read as low.",
          .tags = {{"sessions", "Logging in and inviting."},
                   {"people", "Cards, as far as people show them."},
                   {"reasons", "Why a score is what it is, for the person."},
                   {"accounts", "Accounts of one's own."},
                   {"privacy", "What a person decides, takes along and erases."},
                   {"keys", "API keys."},
                   {"lookups", "Others ask, with consent."},
                   {"outlets", "Being told that the score has moved."},
                   {"klout", "As Klout answered, for its old clients."},
                   {"operators", "Running the instance."},
                   {"system", "The program itself."}},
          .schemas = kSchemas,
          .problem_types = {kProblemTypes.begin(), kProblemTypes.end()}};
}

std::string schema_ref(std::string_view name) {
  return fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", name);
}

std::string page_schema(std::string_view name) {
  return fmt::format(R"({{"type":"object","required":["items","next"],"properties":{{"items":{{"type":"array",)"
                     R"("items":{}}},"next":{{"type":["string","null"]}}}}}})",
                     schema_ref(name));
}

http::Parameter days_parameter(std::int64_t fallback, std::int64_t most) {
  return {.name = "days",
          .description = "How many days back.",
          .type = http::ParameterType::integer,
          .least = 1,
          .most = static_cast<double>(most),
          .fallback = fallback};
}

http::Parameter cursor_parameter() {
  return {.name = "cursor", .description = "Where a page before this one ended.", .most_bytes = 200};
}

}  // namespace renown::api
