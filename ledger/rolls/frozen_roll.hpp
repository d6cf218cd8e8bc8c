#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/chain.hpp"
#include "ledger/rolls/roll.hpp"

namespace coop::rolls {

/// A roll of a node that was frozen, counted from 1 within the node.
using RollNumber = Id<struct RollKind, std::int32_t>;

/// A roll to be frozen.
struct RollDraft {
  std::string title;                     ///< what it is for
  Day as_of;                             ///< the day that decides
  std::optional<Instant> known_at = {};  ///< what was known then counts; nothing: what is known now
};
/// Throws Refused: field_invalid (title, known_at later than `now`).
void require_roll_draft(const RollDraft& draft, Instant now);

/// A frozen roll without its lines.
struct FrozenRoll {
  RollNumber number;
  std::string title;
  Day as_of;
  Instant known_at;
  std::vector<RollClass> classes;  ///< by code
  std::int64_t lines;
  Hash hash;  ///< SHA-256 of the canonical text
  Instant recorded_at;
  std::optional<std::string> recorded_by;  ///< a user's name; empty: at the command line
};

/// The text of which a frozen roll's hash is the SHA-256, version 1: UTF-8, one line a fact, LF ended, free
/// text as a JSON string. docs/formats/roll.md describes it. Here the lines before the members' own.
std::string canonical_head(std::string_view node, const FrozenRoll& roll);
/// Appends the line of a member.
void append_canonical(std::string& out, const RollLine& line);

}  // namespace coop::rolls
