#include "ledger/books/judgement.hpp"

#include <boost/container/small_vector.hpp>

#include "ledger/books/period_lock.hpp"
#include "ledger/values/text.hpp"

namespace coop::books {

namespace {

std::string line_field(std::size_t line, const char* member) {
  return "/postings/" + std::to_string(line) + member;
}

void require_text(const std::string& text, std::size_t most, const char* what, const std::string& field) {
  if (text.size() > most) {
    throw Refused{Refusal::field_invalid,
                  std::string{what} + " has at most " + std::to_string(most) + " bytes", field};
  }
  if (!is_storable_text(text)) {
    throw Refused{Refusal::field_invalid, std::string{what} + " is UTF-8 without the character NUL", field};
  }
}

void require_texts(const Draft& draft) {
  require_text(draft.description, 1000, "a description", "/description");
  require_text(draft.reference, 200, "a reference", "/reference");
  require_text(draft.source, 500, "a source", "/source");
  for (std::size_t i = 0; i < draft.postings.size(); ++i) {
    if (draft.postings[i].note.empty()) continue;
    require_text(draft.postings[i].note, 500, "a note", line_field(i, "/note"));
  }
}

void require_amounts(const Draft& draft) {
  for (std::size_t i = 0; i < draft.postings.size(); ++i) {
    if (draft.postings[i].amount.minor() != 0) continue;
    throw Refused{Refusal::amount_zero, "a posting moves an amount other than zero",
                  line_field(i, "/amount")};
  }
}

std::vector<JudgedPosting> resolve_accounts(const Draft& draft, const Scene& scene) {
  std::vector<JudgedPosting> resolved;
  resolved.reserve(draft.postings.size());
  for (std::size_t i = 0; i < draft.postings.size(); ++i) {
    const DraftPosting& posting = draft.postings[i];
    const auto found = scene.by_key.find(AccountKey{posting.account, posting.amount.unit()});
    if (found == scene.by_key.end()) {
      const auto unit = scene.units_of_unknown.find(posting.amount.unit());
      throw Refused{Refusal::account_unknown,
                    "there is no account '" + posting.account + "'" +
                        (unit == scene.units_of_unknown.end() ? "" : " in " + unit->second),
                    line_field(i, "/account")};
    }
    resolved.push_back({found->second, posting.amount.minor(), {}});
  }
  return resolved;
}

void resolve_dimensions(const Draft& draft, const Scene& scene, std::vector<JudgedPosting>& resolved) {
  for (std::size_t i = 0; i < resolved.size(); ++i) {
    for (const DimensionKind kind : dimension_kinds) {
      const auto& code = draft.postings[i].about[static_cast<std::size_t>(kind)];
      if (!code) continue;
      const auto found = scene.dimensions.find({kind, *code});
      if (found == scene.dimensions.end()) {
        throw Refused{Refusal::dimension_unknown,
                      "there is no " + std::string{text_of(kind)} + " '" + *code + "'",
                      line_field(i, "/") + std::string{text_of(kind)}};
      }
      resolved[i].about[static_cast<std::size_t>(kind)] = found->second;
    }
  }
}

void require_dimensions(const Draft& draft, const Scene& scene, const std::vector<JudgedPosting>& resolved) {
  for (std::size_t i = 0; i < resolved.size(); ++i) {
    for (const DimensionKind kind : scene.standings[resolved[i].standing].required) {
      if (resolved[i].about[static_cast<std::size_t>(kind)]) continue;
      throw Refused{
          Refusal::dimension_missing,
          "'" + draft.postings[i].account + "' wants a " + std::string{text_of(kind)} + " on every posting",
          line_field(i, "/") + std::string{text_of(kind)}};
    }
  }
}

// Sums in 128 bits: a thousand 64-bit amounts cannot overflow them.
void require_balanced(const Scene& scene, const std::vector<JudgedPosting>& resolved) {
  __extension__ using Wide = __int128;
  boost::container::small_vector<std::pair<UnitId, Wide>, 4> sums;
  for (const JudgedPosting& posting : resolved) {
    const UnitId unit = scene.standings[posting.standing].unit;
    auto sum = std::find_if(sums.begin(), sums.end(), [&](const auto& one) { return one.first == unit; });
    if (sum == sums.end()) sum = sums.insert(sums.end(), {unit, 0});
    sum->second += posting.amount_minor;
  }
  for (const auto& [unit, sum] : sums) {
    if (sum == 0) continue;
    const auto& any = *std::find_if(resolved.begin(), resolved.end(), [&](const JudgedPosting& posting) {
      return scene.standings[posting.standing].unit == unit;
    });
    const Standing& standing = scene.standings[any.standing];
    const bool narrow =
        sum >= std::numeric_limits<std::int64_t>::min() && sum <= std::numeric_limits<std::int64_t>::max();
    const auto off =
        narrow ? text_from_minor(static_cast<std::int64_t>(sum), standing.scale) : std::string{"very much"};
    throw Refused{Refusal::entry_unbalanced, "the postings in " + standing.unit_code + " are off by " + off,
                  "/postings"};
  }
}

bool is_opposite(const JudgedPosting& posting, const ReversedLine& line, const Scene& scene) {
  return scene.standings[posting.standing].id == line.account && posting.about == line.about &&
         posting.amount_minor != std::numeric_limits<std::int64_t>::min() &&
         -posting.amount_minor == line.amount_minor;
}

void require_reversible(const Draft& draft, const Scene& scene, const std::vector<JudgedPosting>& resolved) {
  if (!draft.reverses) return;
  const auto target = scene.reversal_targets.find(*draft.reverses);
  const auto name = "entry " + std::to_string(draft.reverses->number());
  if (target == scene.reversal_targets.end()) throw Refused{Refusal::entry_unknown, name + " does not exist"};
  if (target->second.is_reversal)
    throw Refused{Refusal::reversal_of_reversal, name + " is itself a reversal"};
  if (target->second.is_reversed)
    throw Refused{Refusal::entry_reversed_already, name + " is reversed already"};
  const std::vector<ReversedLine>& lines = target->second.lines;
  if (!std::equal(resolved.begin(), resolved.end(), lines.begin(), lines.end(),
                  [&](const auto& posting, const auto& line) { return is_opposite(posting, line, scene); })) {
    throw Refused{Refusal::reversal_differs, "the postings are not the opposite of those of " + name,
                  "/postings"};
  }
}

void require_hold(const Draft& draft, const Scene& scene, const std::vector<JudgedPosting>& resolved) {
  if (!draft.uses_hold) return;
  const auto found = scene.holds.find(*draft.uses_hold);
  const auto name = "hold " + std::to_string(draft.uses_hold->number());
  if (found == scene.holds.end()) throw Refused{Refusal::hold_unknown, name + " does not exist"};
  if (!found->second.is_open) throw Refused{Refusal::hold_not_open, name + " has ended"};
  std::map<AccountId, std::int64_t> asked;
  for (const JudgedPosting& posting : resolved) {
    auto& sum = asked.try_emplace(scene.standings[posting.standing].id, 0).first->second;
    sum = checked_add(sum, posting.amount_minor);
  }
  for (const auto& [account, sum] : asked) {
    const auto held = found->second.reserved.find(account);
    const Reserved most = held == found->second.reserved.end() ? Reserved{0, 0} : held->second;
    const bool within = sum >= -most.credit_minor && sum <= most.debit_minor;
    if (!within)
      throw Refused{Refusal::hold_exceeded, "more is asked than " + name + " reserves", "/postings"};
  }
}

void settle_day(const Draft& draft, const Scene& scene, Judged& judged) {
  if (!scene.locked_through || draft.booked_on > *scene.locked_through) return;
  if (draft.late == LateEntry::refuse) require_day_open(scene.locked_through, draft.booked_on);
  judged.document_on = draft.booked_on;
  judged.booked_on = scene.locked_through->plus_days(1);
}

void require_open(const Draft& draft, const Scene& scene, const Judged& judged) {
  for (std::size_t i = 0; i < judged.postings.size(); ++i) {
    const Standing& standing = scene.standings[judged.postings[i].standing];
    const bool open = standing.opened_on <= judged.booked_on &&
                      (!standing.closed_on || judged.booked_on <= *standing.closed_on);
    if (open) continue;
    throw Refused{Refusal::account_not_open,
                  "'" + draft.postings[i].account + "' takes no postings on " + judged.booked_on.text(),
                  line_field(i, "/account")};
  }
}

void require_bounded(const Scene& scene, const Judged& judged) {
  for (std::size_t i = 0; i < judged.postings.size(); ++i) {
    if (is_within_one_posting(judged.postings[i].amount_minor)) continue;
    const Standing& standing = scene.standings[judged.postings[i].standing];
    throw Refused{Refusal::amount_overflow,
                  "one posting moves at most " + text_from_minor(most_posting_minor, standing.scale) + " " +
                      standing.unit_code,
                  line_field(i, "/amount")};
  }
}

// Applies the postings and gives back what the hold reserved; on a refusal the caller restores the copies.
void apply(const Draft& draft, Scene& scene, const Judged& judged) {
  for (std::size_t i = 0; i < judged.postings.size(); ++i) {
    Standing& standing = scene.standings[judged.postings[i].standing];
    std::int64_t balance_minor = 0;
    if (__builtin_add_overflow(standing.balance_minor, judged.postings[i].amount_minor, &balance_minor))
      throw Refused{Refusal::amount_overflow,
                    "the balance of '" + draft.postings[i].account + "' in " + standing.unit_code +
                        " would be beyond 64-bit minor units",
                    line_field(i, "/amount")};
    standing.balance_minor = balance_minor;
  }
  if (!draft.uses_hold) return;
  for (const auto& [account, reserved] : scene.holds.at(*draft.uses_hold).reserved) {
    const auto standing = std::find_if(scene.standings.begin(), scene.standings.end(),
                                       [&](const Standing& one) { return one.id == account; });
    ensure(standing != scene.standings.end(), "the accounts of a used hold are on the scene");
    standing->held_debit_minor -= reserved.debit_minor;
    standing->held_credit_minor -= reserved.credit_minor;
  }
}

void require_limits(const Draft& draft, const Scene& scene, const Judged& judged) {
  for (std::size_t i = 0; i < judged.postings.size(); ++i) {
    require_within_limits(scene.standings[judged.postings[i].standing], draft.postings[i].account,
                          line_field(i, "/amount"));
  }
}

Judged accepted(const Draft& draft, Scene& scene) {
  if (draft.postings.size() < 2) {
    throw Refused{Refusal::too_few_postings, "an entry has at least two postings", "/postings"};
  }
  if (draft.postings.size() > most_postings) {
    throw Refused{Refusal::too_many_postings,
                  "an entry has at most " + std::to_string(most_postings) + " postings", "/postings"};
  }
  require_texts(draft);
  require_amounts(draft);
  Judged judged{draft.booked_on, std::nullopt, resolve_accounts(draft, scene)};
  resolve_dimensions(draft, scene, judged.postings);
  require_dimensions(draft, scene, judged.postings);
  require_balanced(scene, judged.postings);
  require_reversible(draft, scene, judged.postings);
  require_hold(draft, scene, judged.postings);
  settle_day(draft, scene, judged);
  require_open(draft, scene, judged);
  require_bounded(scene, judged);
  return judged;
}

// What apply() changes, kept to undo it.
std::vector<std::pair<std::size_t, Standing>> touched_standings(const Draft& draft, const Scene& scene,
                                                                const Judged& judged) {
  std::vector<std::pair<std::size_t, Standing>> before;
  if (draft.uses_hold) {
    for (std::size_t i = 0; i < scene.standings.size(); ++i) before.emplace_back(i, scene.standings[i]);
  } else {
    for (const JudgedPosting& posting : judged.postings) {
      before.emplace_back(posting.standing, scene.standings[posting.standing]);
    }
  }
  return before;
}

// Not without limits, and so far from the ends of 64 bits that not even the most postings on one account
// reach them.
bool may_break_limits(const Scene& scene, const Judged& judged) {
  constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max() / 4;
  constexpr std::int64_t large = far / static_cast<std::int64_t>(most_postings);
  return std::any_of(judged.postings.begin(), judged.postings.end(), [&](const JudgedPosting& posting) {
    const Standing& standing = scene.standings[posting.standing];
    return standing.limits.lower || standing.limits.upper || standing.balance_minor > far ||
           standing.balance_minor < -far || posting.amount_minor > large || posting.amount_minor < -large;
  });
}

}  // namespace

std::vector<std::string_view> unit_codes_of(const std::vector<DraftPosting>& postings, const Scene& scene) {
  std::vector<std::string_view> codes;
  codes.reserve(postings.size());
  for (const DraftPosting& posting : postings) {
    const auto found = scene.by_key.find(AccountKey{posting.account, posting.amount.unit()});
    const bool is_known = found != scene.by_key.end();
    codes.push_back(is_known ? std::string_view{scene.standings[found->second].unit_code} : "");
  }
  return codes;
}

std::vector<std::string_view> unit_codes_of(const Judged& judged, const Scene& scene) {
  std::vector<std::string_view> codes;
  codes.reserve(judged.postings.size());
  for (const JudgedPosting& posting : judged.postings)
    codes.push_back(scene.standings[posting.standing].unit_code);
  return codes;
}

void require_within_limits(const Standing& standing, const std::string& path, const std::string& field) {
  const auto minus_held = standing.held_credit_minor == 0 ? 0 : -standing.held_credit_minor;
  const std::int64_t low = checked_add(standing.balance_minor, minus_held);
  const std::int64_t high = checked_add(standing.balance_minor, standing.held_debit_minor);
  const auto say = [&](std::int64_t minor) {
    return text_from_minor(minor, standing.scale) + " " + standing.unit_code;
  };
  if (standing.limits.lower && low < *standing.limits.lower) {
    throw Refused{
        Refusal::limit_exceeded,
        "'" + path + "' would come to " + say(low) + ", its lower limit is " + say(*standing.limits.lower),
        field};
  }
  if (standing.limits.upper && high > *standing.limits.upper) {
    throw Refused{
        Refusal::limit_exceeded,
        "'" + path + "' would come to " + say(high) + ", its upper limit is " + say(*standing.limits.upper),
        field};
  }
}

std::variant<Judged, Refused> judge(const Draft& draft, Scene& scene) {
  try {
    Judged judged = accepted(draft, scene);
    const bool careful = draft.uses_hold || may_break_limits(scene, judged);
    const auto before =
        careful ? touched_standings(draft, scene, judged) : std::vector<std::pair<std::size_t, Standing>>{};
    try {
      apply(draft, scene, judged);
      if (careful) require_limits(draft, scene, judged);
    } catch (const Refused&) {
      for (const auto& [position, standing] : before) scene.standings[position] = standing;
      throw;
    }
    if (draft.reverses) scene.reversal_targets.at(*draft.reverses).is_reversed = true;
    if (draft.uses_hold) scene.holds.at(*draft.uses_hold).is_open = false;
    return judged;
  } catch (const Refused& refused) {
    return refused;
  }
}

}  // namespace coop::books
