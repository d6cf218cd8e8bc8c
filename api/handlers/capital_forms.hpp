#pragma once
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/capital/share_service.hpp"
#include "ledger/capital/share_undo_service.hpp"
#include "ledger/capital/surplus_rule_service.hpp"
#include "ledger/capital/surplus_service.hpp"
#include "ledger/capital/surplus_store.hpp"

namespace coop::api {

class UnitDirectory;

/// A class of shares that is asked for. Throws Refused naming the field.
capital::ShareClass share_class_from(const JsonValue& value, UnitDirectory& units);
/// A movement that is asked for. Throws Refused naming the field.
capital::MovementDraft movement_from(const JsonValue& value, UnitDirectory& units);
/// An ask that is taken back. Throws Refused naming the field.
capital::TakeBackDraft take_back_from(const JsonValue& value, capital::MovementNumber ask,
                                      UnitDirectory& units);
/// A run of the queue that is asked for. Throws Refused naming the field.
capital::WithdrawalDraft withdrawal_from(const JsonValue& value, UnitDirectory& units);
/// A rule that is asked for. Throws Refused naming the field.
capital::SurplusRule surplus_rule_from(const JsonValue& value, UnitDirectory& units);
/// A surplus that is to be divided. Throws Refused naming the field.
capital::SurplusDraft surplus_draft_from(const JsonValue& value, UnitDirectory& units);

/// A version of a class.
void write_share_class(JsonWriter& out, const capital::ShareClass& of, int scale);
/// A movement on record.
void write_movement(JsonWriter& out, const capital::Movement& movement);
/// What was asked back, and what became of it.
void write_ask(JsonWriter& out, const capital::Ask& ask);
/// What became of the queue.
void write_withdrawal_run(JsonWriter& out, const capital::WithdrawalRun& run, int scale);
/// A rule, also in plain words.
void write_surplus_rule(JsonWriter& out, const capital::SurplusRule& rule);
/// A run with its parts, each member's share explained, and its steps.
void write_surplus_run(JsonWriter& out, const capital::SurplusRun& run);
/// A run in a list.
void write_surplus_summary(JsonWriter& out, const capital::SurplusSummary& run);

}  // namespace coop::api
