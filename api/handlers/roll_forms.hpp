#pragma once
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/rolls/frozen_roll.hpp"
#include "ledger/rolls/vote.hpp"

namespace coop::api {

/// Writes the classes of a roll and their sums: fields of an object that must be open.
void write_roll_classes(JsonWriter& out, std::span<const rolls::RollClass> classes);
/// Writes why a membership has no vote: a field of an object that must be open.
void write_exclusions(JsonWriter& out, std::span<const rolls::Exclusion> exclusions);
/// Writes a membership on a roll, with its reasons if it is excluded.
void write_roll_line(JsonWriter& out, const rolls::RollLine& line, std::span<const rolls::RollClass> classes);
/// Writes the fields of a frozen roll; the object must be open.
void write_frozen_roll(JsonWriter& out, const rolls::FrozenRoll& roll);
/// Writes a vote and what it comes to under the classes of its roll: fields of an object that must be open.
void write_vote(JsonWriter& out, const rolls::Vote& vote, std::span<const rolls::RollClass> classes);

/// Refuses a class that is none.
using RequireClass = std::function<void(std::string_view)>;
/// The result of a vote under the roll. Throws Refused naming the field.
rolls::VoteDraft vote_draft_from(JsonValue vote, rolls::RollNumber roll, const RequireClass& require_class);

}  // namespace coop::api
