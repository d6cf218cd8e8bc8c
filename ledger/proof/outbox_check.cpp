#include "ledger/proof/outbox_check.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace coop::proof {

namespace {

std::string name_of(const RecordedEvent& event) { return "event " + std::to_string(event.number); }

std::string entries_text(std::int64_t first, std::int64_t last) {
  if (first == last) return "entry " + std::to_string(first);
  return "entries " + std::to_string(first) + " to " + std::to_string(last);
}

// The whole number that the body names `member`, if it does.
std::optional<std::int64_t> number_in(const std::string& body, const char* member) {
  boost::system::error_code error;
  const auto json = boost::json::parse(body, error);
  if (error || !json.is_object()) return std::nullopt;
  const auto* value = json.as_object().if_contains(member);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->as_int64();
}

std::size_t items_in(const std::string& body, const char* member) {
  boost::system::error_code error;
  const auto json = boost::json::parse(body, error);
  if (error || !json.is_object()) return 0;
  const auto* value = json.as_object().if_contains(member);
  return value != nullptr && value->is_array() ? value->as_array().size() : 0;
}

}  // namespace

void OutboxCheck::skip_to(std::int64_t number, Flaws& flaws) {
  if (next_number_ >= number) return;
  const std::string first = std::to_string(next_number_);
  flaws.add(Finding::event_missing, std::nullopt,
            next_number_ == number - 1
                ? "event " + first + " is missing"
                : "events " + first + " to " + std::to_string(number - 1) + " are missing");
  next_number_ = number;
}

void OutboxCheck::add(const RecordedEvent& event, Flaws& flaws) {
  skip_to(event.number, flaws);
  next_number_ = event.number + 1;
  if (last_recorded_at_ && event.recorded_at < *last_recorded_at_) {
    flaws.add(Finding::event_inconsistent, std::nullopt,
              name_of(event) + " was recorded before the event before it");
  }
  last_recorded_at_ = event.recorded_at;
  const bool tells_entries = event.kind == "entries_recorded";
  if (tells_entries != event.first_entry.has_value() || tells_entries != event.last_entry.has_value()) {
    flaws.add(Finding::event_inconsistent, std::nullopt,
              name_of(event) + " is of the kind '" + event.kind + "', but its entries say otherwise");
  }
  if (event.first_entry && event.last_entry) add_entries(event, flaws);
  else add_other(event, flaws);
}

void OutboxCheck::add_entries(const RecordedEvent& event, Flaws& flaws) {
  const std::int64_t first = *event.first_entry;
  const std::int64_t last = *event.last_entry;
  if (first != told_.entries + 1 || last < first || last > head_.last_number) {
    flaws.add(Finding::event_inconsistent, first,
              name_of(event) + " tells of " + entries_text(first, last) +
                  ", but the next to be told of is entry " + std::to_string(told_.entries + 1));
  }
  if (last < first || last > head_.last_number) return;
  told_.entries = std::max(told_.entries, last);
  batches_.push_back({first, last, event.recorded_at});
}

void OutboxCheck::add_other(const RecordedEvent& event, Flaws& flaws) {
  const auto count_up = [&](const char* member, std::int64_t& count) {
    ++count;
    const auto number = number_in(event.body, member);
    if (number == count) return;
    flaws.add(Finding::event_inconsistent, std::nullopt,
              name_of(event) + " (" + event.kind + ") should tell of " + member + " " +
                  std::to_string(count) +
                  (number ? ", but tells of " + std::to_string(*number) : ", but names none"));
    if (number) count = *number;
  };
  if (event.kind == "hold_made") count_up("hold", told_.holds);
  else if (event.kind == "period_locked") count_up("lock", told_.locks);
  else if (event.kind == "period_unlocked") ++told_.unlocks;
  else if (event.kind == "hold_voided") ++told_.voided;
  else if (event.kind == "holds_expired")
    told_.expired += static_cast<std::int64_t>(items_in(event.body, "holds"));
}

void OutboxCheck::compare(std::int64_t last_entry, Flaws& flaws) {
  auto batch = batches_.begin();
  for (; batch != batches_.end() && batch->last <= last_entry; ++batch) {
    while (!runs_.empty() && runs_.front().last < batch->first) runs_.pop_front();
    for (const RecordedTogether& run : runs_) {
      if (run.first > batch->last) break;
      if (run.recorded_at == batch->recorded_at) continue;
      flaws.add(Finding::event_inconsistent, std::max(run.first, batch->first),
                "entry " + std::to_string(std::max(run.first, batch->first)) + " was recorded at " +
                    instant_text(run.recorded_at) + ", but the outbox tells of it at " +
                    instant_text(batch->recorded_at));
      break;
    }
  }
  batches_.erase(batches_.begin(), batch);
}

void OutboxCheck::finish(Flaws& flaws) {
  compare(head_.last_number, flaws);
  skip_to(head_.last_event + 1, flaws);
  if (told_.entries < head_.last_number) {
    flaws.add(Finding::event_missing, told_.entries + 1,
              "the outbox does not tell of " + entries_text(told_.entries + 1, head_.last_number));
  }
  if (last_recorded_at_ && *last_recorded_at_ != head_.last_recorded_at) {
    flaws.add(Finding::head_differs, std::nullopt,
              "the head says that something was recorded last at " + instant_text(head_.last_recorded_at) +
                  ", but the last event is of " + instant_text(*last_recorded_at_));
  }
}

}  // namespace coop::proof
