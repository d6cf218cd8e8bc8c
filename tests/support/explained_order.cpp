#include "tests/support/explained_order.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace coop::test {

using namespace books;
namespace json = boost::json;

namespace {

constexpr const char* repeated_suffix = " repeated";

/// One change of the books: an event, or of an event that tells of entries the part that one request asked
/// for.
struct Step {
  const ToldEvent* event;
  const Exchange* exchange;  ///< null: the clock ended holds
};

bool is_repeated(const std::string& told) { return told.ends_with(repeated_suffix); }

/// Whether its answer is kept by its key as a whole; entries and holds know their own keys.
bool is_kept(const Command& command) {
  return std::visit(
      []<class What>(const What&) {
        return std::is_same_v<What, OpenAccount> || std::is_same_v<What, ChangeAccount> ||
               std::is_same_v<What, CloseAccount> || std::is_same_v<What, ReopenAccount> ||
               std::is_same_v<What, AddDimension> || std::is_same_v<What, VoidHold> ||
               std::is_same_v<What, LockPeriod> || std::is_same_v<What, LiftLock>;
      },
      command.what);
}

/// The numbers of the entries that an answer says are new.
std::vector<std::int64_t> new_entries(const std::string& told) {
  std::vector<std::int64_t> numbers;
  for (std::size_t at = 0; at != std::string::npos;) {
    const std::size_t end = told.find("; ", at);
    const std::string item = told.substr(at, end == std::string::npos ? end : end - at);
    if (item.starts_with("entry ") && !is_repeated(item)) numbers.push_back(std::stoll(item.substr(6)));
    at = end == std::string::npos ? end : end + 2;
  }
  return numbers;
}

/// An event's kind and what it tells, in one form whatever the order of the members.
std::string mark_of(const std::string& kind, const json::object& body) {
  std::map<std::string, std::string> members;
  for (const auto& member : body) members.emplace(member.key(), json::serialize(member.value()));
  members.erase("limits_before");
  std::string mark = kind;
  for (const auto& [name, value] : members) mark += " " + name + "=" + value;
  return mark;
}

json::value json_of(const std::optional<std::int64_t>& minor) {
  if (!minor) return nullptr;
  return json::value(*minor);
}

/// One visitor a command: the mark of the event that its success leads to; "" for entries.
struct Mark {
  std::string operator()(const OpenAccount& asked) const {
    return mark_of("accounts_opened", {{"opened", 1}, {"account", asked.path}, {"unit", asked.unit}});
  }
  std::string operator()(const ChangeAccount& asked) const {
    json::object body{{"account", asked.path}, {"unit", asked.unit}};
    if (asked.limits) body["limits"] = {json_of(asked.limits->lower), json_of(asked.limits->upper)};
    if (asked.required) {
      json::array& required = body["required"].emplace_array();
      for (const DimensionKind kind : *asked.required) required.emplace_back(text_of(kind));
    }
    return mark_of("account_changed", body);
  }
  std::string operator()(const CloseAccount& asked) const {
    return mark_of("account_closed",
                   {{"account", asked.path}, {"unit", asked.unit}, {"closed_on", asked.last_day.text()}});
  }
  std::string operator()(const ReopenAccount& asked) const {
    return mark_of("account_reopened", {{"account", asked.path}, {"unit", asked.unit}});
  }
  std::string operator()(const AddDimension& asked) const {
    return mark_of("dimensions_added", {{"added", 1}, {"kind", text_of(asked.kind)}, {"code", asked.code}});
  }
  std::string operator()(const MakeHold&) const {
    return mark_of("hold_made", {{"hold", std::stoll(told.substr(5))}});
  }
  std::string operator()(const VoidHold& asked) const {
    return mark_of("hold_voided", {{"hold", asked.number}});
  }
  std::string operator()(const LockPeriod&) const {
    return mark_of("period_locked", {{"lock", std::stoll(told.substr(5))}});
  }
  std::string operator()(const LiftLock& asked) const {
    return mark_of("period_unlocked", {{"lock", asked.number}});
  }
  template <class Entries>
  std::string operator()(const Entries&) const {
    return "";
  }
  const std::string& told;
};

/// The mark of the event that this request may have led to, or "".
std::string mark_of(const Exchange& exchange) {
  const std::string& told = exchange.told;
  const bool changes = told == "account" || told == "changed" || told == "closed" || told == "reopened" ||
                       told == "added 1" || told == "lifted" || told.starts_with("hold ") ||
                       told.starts_with("lock ") || told.starts_with("voided ");
  if (!changes || is_repeated(told) || exchange.request.is_dry()) return "";
  return std::visit(Mark{told}, exchange.request.command.what);
}

/// Finds for every event the request that led to it.
class Steps {
 public:
  Steps(const Course& course, std::string& fault) : course_{course}, fault_{fault} {
    for (const Exchange& exchange : course.exchanges) {
      if (exchange.request.is_dry()) continue;
      for (const std::int64_t number : new_entries(exchange.told)) by_entry_.emplace(number, &exchange);
      if (const std::string mark = mark_of(exchange); !mark.empty()) by_mark_[mark].push_back(&exchange);
    }
  }

  std::vector<Step> in_order() {
    for (const ToldEvent& event : course_.events) add(event);
    settle_doubtful();
    return std::move(steps_);
  }

 private:
  void add(const ToldEvent& event) {
    if (event.kind == "entries_recorded") return add_entries(event);
    if (event.kind == "holds_expired") return steps_.push_back({&event, nullptr});
    const auto& candidates = by_mark_[mark_of(event.kind, event.body)];
    if (candidates.empty())
      fault_ =
          "nobody asked for event " + std::to_string(event.number) + ", " + mark_of(event.kind, event.body);
    if (candidates.size() != 1) doubtful_.push_back(steps_.size());
    steps_.push_back({&event, candidates.size() == 1 ? candidates.front() : nullptr});
  }

  void add_entries(const ToldEvent& event) {
    for (std::int64_t number = event.first_entry; number <= event.last_entry; ++number) {
      const auto found = by_entry_.find(number);
      if (found == by_entry_.end()) {
        fault_ = "nobody asked for entry " + std::to_string(number);
        return;
      }
      const bool goes_on = number > event.first_entry && steps_.back().exchange == found->second;
      if (!goes_on) steps_.push_back({&event, found->second});
    }
  }

  /// Where several requests may have led to an event, any that was under way then will do: the one is taken
  /// that ended first, so that the others are left for later.
  void settle_doubtful() {
    std::vector<std::int64_t> latest(steps_.size() + 1, std::numeric_limits<std::int64_t>::max());
    for (std::size_t i = steps_.size(); i-- > 0;) {
      latest[i] = latest[i + 1];
      if (steps_[i].exchange != nullptr) latest[i] = std::min(latest[i], steps_[i].exchange->answered);
    }
    std::set<const Exchange*> used;
    for (const std::size_t i : doubtful_) {
      const Exchange* chosen = nullptr;
      for (const Exchange* each : by_mark_[mark_of(steps_[i].event->kind, steps_[i].event->body)]) {
        if (used.contains(each) || each->sent > latest[i] || !may_record_at(*each, i)) continue;
        if (chosen == nullptr || each->answered < chosen->answered) chosen = each;
      }
      if (chosen == nullptr && fault_.empty())
        fault_ = "nobody was asking for event " + std::to_string(steps_[i].event->number);
      used.insert(chosen);
      steps_[i].exchange = chosen;
    }
  }

  /// Whether the clock of its server stood then at what the event says, or earlier than the event before.
  bool may_record_at(const Exchange& exchange, std::size_t step) const {
    const Instant recorded_at = steps_[step].event->recorded_at;
    const bool is_later = step == 0 || steps_[step - 1].event->recorded_at < recorded_at;
    for (std::size_t tick = exchange.first_tick; tick <= exchange.last_tick; ++tick) {
      const Instant now = course_.ticks[tick] - exchange.behind;
      if (is_later ? now == recorded_at : now <= recorded_at) return true;
    }
    return false;
  }

  const Course& course_;
  std::string& fault_;
  std::map<std::int64_t, const Exchange*> by_entry_;
  std::map<std::string, std::vector<const Exchange*>> by_mark_;
  std::vector<std::size_t> doubtful_;
  std::vector<Step> steps_;
};

/// A request that changed nothing, and after which steps it may have been carried out.
struct Lookout {
  const Exchange* exchange;
  std::size_t first;
  std::size_t last;
};

/// Goes through the steps with the model.
class Replay {
 public:
  Replay(const Course& course, const std::vector<Step>& steps, BooksModel& model)
      : course_{course}, steps_{steps}, model_{model} {
    std::set<const Exchange*> changing;
    for (const Step& step : steps) changing.insert(step.exchange);
    for (const Exchange& exchange : course.exchanges) {
      behind_.insert(exchange.behind);
      if (!changing.contains(&exchange))
        lookouts_[lookout_of(exchange).first].push_back(lookout_of(exchange));
    }
  }

  std::string run() {
    for (std::size_t done = 0;; ++done) {
      for (const Lookout& lookout : lookouts_[done]) waiting_.push_back(lookout);
      explain_waiting();
      for (const Lookout& lookout : waiting_) {
        if (lookout.last == done) return fault_of(*lookout.exchange, done);
      }
      if (done == steps_.size()) return "";
      const Step& step = steps_[done];
      if (step.exchange == nullptr ? !expire(*step.event) : !take(step))
        return step.exchange == nullptr ? "holds expired with event " + std::to_string(step.event->number)
                                        : fault_of(*step.exchange, done);
    }
  }

 private:
  struct Kept {
    WireText wire;
    std::string told;
    std::int64_t sent;
    std::int64_t answered;
  };

  Lookout lookout_of(const Exchange& exchange) const {
    Lookout lookout{&exchange, 0, steps_.size()};
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (steps_[i].exchange == nullptr) continue;
      if (steps_[i].exchange->answered < exchange.sent) lookout.first = i + 1;
      if (steps_[i].exchange->sent > exchange.answered) lookout.last = std::min(lookout.last, i);
    }
    return lookout;
  }

  /// Those that are refused come first: another one may take the key away from them.
  void explain_waiting() {
    for (bool again = true; again;) {
      again = false;
      for (const bool takes_key : {false, true}) {
        std::erase_if(waiting_, [&](const Lookout& lookout) {
          if (is_kept(lookout.exchange->request.command) && is_success(*lookout.exchange) != takes_key)
            return false;
          const bool explained = explains(*lookout.exchange);
          again = again || explained;
          return explained;
        });
      }
    }
  }

  static bool is_success(const Exchange& exchange) {
    return exchange.told.starts_with("added ") || exchange.told.starts_with("voided ");
  }

  bool explains(const Exchange& exchange) {
    const bool kept = is_kept(exchange.request.command) && !exchange.request.is_dry();
    if (kept) {
      if (const auto first = kept_.find(exchange.request.key); first != kept_.end()) {
        const bool same = first->second.wire == exchange.wire;
        if (exchange.told == (same ? first->second.told + repeated_suffix : "key_reused")) return true;
        if (exchange.sent > first->second.answered) return false;
      }
    }
    for (std::size_t tick = exchange.last_tick + 1; tick-- > exchange.first_tick;) {
      BooksModel after = model_;
      if (!answers(exchange, tick, after)) continue;
      if (!exchange.request.is_dry() && after.last_event() != model_.last_event()) continue;
      if (kept && is_success(exchange)) keep(exchange);
      return true;
    }
    return false;
  }

  bool take(const Step& step) {
    const Exchange& exchange = *step.exchange;
    const auto first = kept_.find(exchange.request.key);
    if (latest_sent_ > exchange.answered || (first != kept_.end() && first->second.answered < exchange.sent))
      return false;
    for (std::size_t tick = exchange.last_tick + 1; tick-- > exchange.first_tick;) {
      BooksModel after = model_;
      if (!answers(exchange, tick, after) || after.last_event() != model_.last_event() + 1 ||
          after.last_recorded_at() != step.event->recorded_at)
        continue;
      model_ = std::move(after);
      latest_sent_ = std::max(latest_sent_, exchange.sent);
      if (is_kept(exchange.request.command)) keep(exchange);
      return true;
    }
    return false;
  }

  bool expire(const ToldEvent& event) {
    std::vector<std::int64_t> told;
    for (const json::value& hold : event.body.at("holds").as_array())
      told.push_back(hold.to_number<std::int64_t>());
    for (const Instant tick : course_.ticks) {
      for (const auto behind : behind_) {
        const Instant now = tick - behind;
        if (model_.holds_due(now) != told || std::max(model_.last_recorded_at(), now) != event.recorded_at)
          continue;
        model_.answer({now, ExpireHolds{}});
        return true;
      }
    }
    return false;
  }

  bool answers(const Exchange& exchange, std::size_t tick, BooksModel& model) const {
    return words_at(exchange, tick, model) == exchange.told;
  }

  std::string words_at(const Exchange& exchange, std::size_t tick, BooksModel& model) const {
    Command command = exchange.request.command;
    command.now = course_.ticks[tick] - exchange.behind;
    return as_the_api_tells(exchange.request, model.answer(command));
  }

  void keep(const Exchange& exchange) {
    kept_.emplace(exchange.request.key, Kept{exchange.wire, exchange.told, exchange.sent, exchange.answered});
  }

  std::string fault_of(const Exchange& exchange, std::size_t done) const {
    BooksModel after = model_;
    const std::string words = words_at(exchange, exchange.last_tick, after);
    return exchange.wire.method + " " + exchange.wire.path + " " + exchange.wire.body + "\nwith the key " +
           exchange.request.key + " was answered " + exchange.told + "\nthe model answers " + words +
           "\nafter step " + std::to_string(done) + " of " + std::to_string(steps_.size());
  }

  const Course& course_;
  const std::vector<Step>& steps_;
  BooksModel& model_;
  std::set<std::chrono::minutes> behind_;
  std::map<std::size_t, std::vector<Lookout>> lookouts_;
  std::vector<Lookout> waiting_;
  std::map<std::string, Kept> kept_;
  std::int64_t latest_sent_ = -1;
};

}  // namespace

ToldEvent told_event_from(const json::value& item) {
  const auto number = [&](const char* name) {
    return item.at(name).is_null() ? 0 : item.at(name).to_number<std::int64_t>();
  };
  return {number("number"),
          instant_from_text(std::string{item.at("recorded_at").as_string()}),
          std::string{item.at("kind").as_string()},
          number("first_entry"),
          number("last_entry"),
          item.at("body").is_null() ? json::object{} : item.at("body").as_object()};
}

std::string unexplained(const Course& course, BooksModel& model) {
  std::string fault;
  const std::vector<Step> steps = Steps{course, fault}.in_order();
  return fault.empty() ? Replay{course, steps, model}.run() : fault;
}

}  // namespace coop::test
