#include "ledger/pay/pay_run.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::pay {

namespace {

constexpr WordTable<PayRunKind, 4> run_kinds{{{PayRunKind::wages, "wages"},
                                              {PayRunKind::settlement, "settlement"},
                                              {PayRunKind::lapse, "lapse"},
                                              {PayRunKind::opening, "opening"}}};
constexpr WordTable<DeferredAs, 4> deferred_kinds{{{DeferredAs::debt, "debt"},
                                                   {DeferredAs::equity, "equity"},
                                                   {DeferredAs::points, "points"},
                                                   {DeferredAs::gift, "gift"}}};
constexpr WordTable<PayStepKind, 4> pay_step_kinds{{{PayStepKind::approved, "approved"},
                                                    {PayStepKind::posted, "posted"},
                                                    {PayStepKind::cancelled, "cancelled"},
                                                    {PayStepKind::undone, "undone"}}};
constexpr WordTable<PayRunState, 5> run_states{{{PayRunState::proposed, "proposed"},
                                                {PayRunState::approved, "approved"},
                                                {PayRunState::posted, "posted"},
                                                {PayRunState::cancelled, "cancelled"},
                                                {PayRunState::undone, "undone"}}};

}  // namespace

std::string_view text_of(PayRunKind kind) { return text_among(run_kinds, kind); }
PayRunKind pay_run_kind_from(std::string_view text) { return word_among(run_kinds, text); }
std::string_view text_of(DeferredAs as) { return text_among(deferred_kinds, as); }
DeferredAs deferred_as_from(std::string_view text) { return word_among(deferred_kinds, text); }
std::string_view text_of(PayStepKind kind) { return text_among(pay_step_kinds, kind); }
PayStepKind pay_step_kind_from(std::string_view text) { return word_among(pay_step_kinds, text); }
std::string_view text_of(PayRunState state) { return text_among(run_states, state); }
PayRunState pay_run_state_from(std::string_view text) { return word_among(run_states, text); }

std::string json_text_of(const GivenNumbers& numbers) {
  if (numbers.empty()) return "[]";
  boost::json::array listed;
  for (const auto& [name, value] : numbers)
    listed.push_back(boost::json::object{{"name", name}, {"value", value.text()}});
  return boost::json::serialize(listed);
}

GivenNumbers given_numbers_from(std::string_view json) {
  if (json == "[]") return {};
  boost::system::error_code fault;
  const boost::json::value listed = boost::json::parse(json, fault);
  ensure(!fault && listed.is_array(), "numbers that are kept are a list");
  GivenNumbers numbers;
  for (const boost::json::value& one : listed.get_array()) {
    const boost::json::object* object = one.if_object();
    const auto* name = object == nullptr ? nullptr : object->if_contains("name");
    const auto* value = object == nullptr ? nullptr : object->if_contains("value");
    ensure(name != nullptr && name->is_string() && value != nullptr && value->is_string(),
           "a number that is kept has a name and a value");
    numbers.emplace_back(std::string{name->get_string()}, Ratio::parse(value->get_string()));
  }
  return numbers;
}

PayRun new_pay_run(PayRunKind kind, Day from, Day to, const Unit& unit, std::int64_t amount_minor) {
  return {.number = PayRunNumber{0},
          .kind = kind,
          .from_on = from,
          .to_on = to,
          .booked_on = to,
          .unit = unit,
          .amount_minor = amount_minor,
          .rule = {},
          .figures = {},
          .values_known = 0,
          .tariffs_known = 0,
          .deferred_as = DeferredAs::debt,
          .accounts = {},
          .decision = {},
          .shares = {},
          .recorded_at = {}};
}

const PayStep* step_of(const PayRun& run, PayStepKind kind) {
  const auto found = std::ranges::find(run.steps, kind, &PayStep::kind);
  return found == run.steps.end() ? nullptr : &*found;
}

PayRunState state_of(const PayRun& run) {
  if (step_of(run, PayStepKind::undone) != nullptr) return PayRunState::undone;
  if (step_of(run, PayStepKind::posted) != nullptr) return PayRunState::posted;
  if (step_of(run, PayStepKind::cancelled) != nullptr) return PayRunState::cancelled;
  return run.steps.size() >= pay_approvals_needed ? PayRunState::approved : PayRunState::proposed;
}

std::int64_t paid_minor_of(const PayRun& run) {
  std::int64_t sum = 0;
  for (const PayShare& share : run.shares) sum = checked_add(sum, share.paid_minor);
  return sum;
}

std::int64_t deferred_minor_of(const PayRun& run) {
  std::int64_t sum = 0;
  for (const PayShare& share : run.shares) sum = checked_add(sum, share.deferred_minor);
  return sum;
}

std::int64_t minutes_of(const PayRun& run) {
  std::int64_t sum = 0;
  for (const PayShare& share : run.shares) sum += share.minutes;
  return sum;
}

int minutes_paid_by(const PayShare& share, std::int64_t minor) {
  const std::int64_t promised = checked_add(share.paid_minor, share.deferred_minor);
  return promised == 0 ? 0 : static_cast<int>(times_half_up(share.minutes, Ratio{minor, promised}));
}

std::int64_t booked_minor_of(const PayRun& run) {
  std::int64_t sum = 0;
  for (const PayPot& pot : run.pots)
    if (!pot.booked.to.empty()) sum = checked_add(sum, pot.amount_minor);
  return sum;
}

std::int64_t settled_minor_of(const PayShare& share) {
  std::int64_t sum = 0;
  for (const ClaimLot& lot : share.lots) sum = checked_add(sum, lot.settled_minor);
  return sum;
}

std::int64_t granted_minor_of(const PayRun& run, const PayShare& share) {
  return run.kind == PayRunKind::settlement ? share.paid_minor - settled_minor_of(share) : 0;
}

std::int64_t claim_of(std::int64_t minutes_times_minor) {
  const std::int64_t rest = minutes_times_minor % 60;
  return minutes_times_minor / 60 + (rest >= 30 ? 1 : 0);
}

}  // namespace coop::pay
