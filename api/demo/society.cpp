// From February 2026 on the nodes keep their members and dues here: what January left owed or paid ahead is
// taken over, and the month's dues are raised and mostly paid.
#include "api/demo/chance.hpp"
#include "api/demo/players.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/dues/subscription_service.hpp"
#include "ledger/dues/tier_service.hpp"
#include "ledger/members/class_service.hpp"
#include "ledger/members/meeting_service.hpp"
#include "ledger/members/membership_service.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/members/party_store.hpp"

namespace coop::api::demo {

namespace {

const Instant first_friday_of_march = instant_from_text("2026-03-06T16:00:00Z");
const Day taken_over_on = Day::parse("2026-02-01");
const Day members_since = Day::parse("2024-06-01");
constexpr const char* months_run = "2026-02";
constexpr std::array<const char*, 4> tier_codes{"small", "standard", "large", "organisation"};
constexpr std::array<const char*, 4> tier_titles{"Small", "Standard", "Large", "Organisation"};

class Society {
 public:
  Society(Tx& tx, NodeId node, const NodeYear& year, UserId bookkeeper, UnitId eur)
      : tx_{tx}, node_{node}, year_{year}, author_{bookkeeper, first_friday_of_march}, eur_{eur} {}

  void found() {
    add_classes();
    add_parties();
    begin_memberships();
    hold_meeting();
    set_tiers();
    subscribe();
    take_over();
    raise_dues();
    record_payments();
  }

 private:
  static bool pays(const Member& member) { return member.tier >= 0; }
  static bool is_there(const Member& member) { return member.left > last_month; }
  std::int64_t price(const Member& member) const {
    return tier_prices[static_cast<std::size_t>(member.tier)];
  }

  void add_classes() {
    for (const auto& [code, title, attendance] :
         {std::tuple{"user", "Users", false}, std::tuple{"worker", "Workers", true}}) {
      members::add_class(tx_, node_, code, title, author_);
      members::ClassRule rule{.from_on = first_day_of(0),
                              .weight = Ratio{1, 2},
                              .grace_days = 14,
                              .arrears_days = 60,
                              .decision = "Assembly of 12 December 2024"};
      if (attendance) rule.attendance = Ratio{1, 2};
      members::adopt_rule(tx_, node_, code, rule, author_);
    }
  }

  void add_parties() {
    std::vector<members::PartyDraft> drafts;
    for (const Member& member : year_.members) {
      const bool is_group = member.name.starts_with("Circle") || member.name.starts_with("Co-operative");
      const auto kind =
          pays(member) && !is_group ? members::PartyKind::person : members::PartyKind::organisation;
      members::Profile profile{.name = member.name, .country = std::string{year_.facts.country}};
      profile.email = member.code + "@" + year_.name() + ".example";
      drafts.push_back({member.code, kind, profile});
    }
    members::add_parties(tx_, node_, drafts, author_);
    if (year_.name() == "bcn") members::link_user(tx_, node_, "M0008", "gemma", author_);
  }

  void begin_memberships() {
    std::vector<members::MembershipDraft> drafts;
    for (const Member& member : year_.members) {
      const Day from_on = member.joined == 0 ? members_since : first_day_of(member.joined);
      drafts.push_back({member.code, pays(member) ? "user" : "worker", from_on, from_on});
    }
    const auto ids = members::begin_memberships(tx_, node_, drafts, author_);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Member& member = year_.members[i];
      memberships_.emplace(member.code, ids[i]);
      if (!is_there(member))
        members::change_membership(
            tx_, node_, ids[i],
            {members::ChangeKind::left, first_day_of(member.left).plus_days(-1), "left by their own wish"},
            author_);
    }
  }

  void hold_meeting() {
    Chance chance{"assembly of " + year_.name()};
    members::MeetingDraft draft{Day::parse("2026-01-24"), "Assembly of January 2026"};
    for (const Member& member : year_.members)
      if (is_there(member) && (!pays(member) || !chance.once_in(3))) draft.attended.push_back(member.code);
    members::record_meeting(tx_, node_, draft, author_);
  }

  void set_tiers() {
    for (std::size_t i = 0; i < tier_prices.size(); ++i) {
      dues::add_tier(
          tx_, node_,
          {tier_codes[i], tier_titles[i], dues::Interval::month, dues::Proration::by_days, 14, eur_},
          author_);
      dues::add_price(tx_, node_, tier_codes[i],
                      {.number = 0,
                       .from_on = first_day_of(0),
                       .minimum_minor = tier_prices[i] / 2,
                       .suggested_minor = tier_prices[i],
                       .decision = "Assembly of 12 December 2024"},
                      author_);
    }
  }

  void subscribe() {
    for (const Member& member : year_.members) {
      if (!pays(member) || !is_there(member)) continue;
      const MembershipId id = memberships_.at(member.code);
      dues::subscribe(tx_, node_, id,
                      {.from_on = taken_over_on,
                       .tier = tier_codes[static_cast<std::size_t>(member.tier)],
                       .chosen_minor = std::nullopt,
                       .payer = std::nullopt},
                      author_);
      if (member.habit == Habit::struggling)
        dues::grant_concession(tx_, node_, id,
                               {.number = 0,
                                .from_on = taken_over_on,
                                .until_on = Day::parse("2026-12-31"),
                                .share = Ratio{1, 2},
                                .reason = "asked for it, circle of 12 December 2025",
                                .review_on = Day::parse("2026-09-01")},
                               author_);
    }
  }

  // What January left moves from the books into the members' dues, by equity:opening, to the cent.
  void take_over() {
    std::vector<books::Draft> drafts;
    for (const auto& [code, minor] : left_from_january(year_)) {
      const std::string account = minor > 0 ? "assets:receivable:dues" : "liabilities:deferred:dues";
      drafts.push_back({.request_key = key_of(year_.name(), "taken over " + code),
                        .asked_by = author_.user,
                        .booked_on = taken_over_on,
                        .late = books::LateEntry::refuse,
                        .description = "Taken over into the members' dues",
                        .reference = {},
                        .source = {},
                        .reverses = std::nullopt,
                        .uses_hold = std::nullopt,
                        .postings = {{account, Money::of_minor(-minor, eur_), {std::nullopt, code}, {}},
                                     {"equity:opening", Money::of_minor(minor, eur_), {}, {}}}});
    }
    if (drafts.empty()) return;
    books::all_recorded_or_throw(books::post(tx_, node_, drafts, books::Together::all_or_none, author_.now));
    for (const auto& [code, minor] : left_from_january(year_)) {
      if (minor > 0)
        dues::raise_charge(tx_, node_,
                           {.member = code,
                            .payer = std::nullopt,
                            .kind = dues::DueKind::other,
                            .unit = eur_,
                            .minor = minor,
                            .on = taken_over_on,
                            .due_on = std::nullopt,
                            .why = "Dues of January 2026, taken over",
                            .income = "equity:opening"},
                           author_);
      else
        dues::record_payment(tx_, node_,
                             {.kind = dues::PaymentKind::offset,
                              .payer = code,
                              .unit = eur_,
                              .minor = -minor,
                              .received_on = taken_over_on,
                              .account = "equity:opening",
                              .note = "paid ahead in January 2026, taken over"},
                             author_);
    }
  }

  void raise_dues() {
    const int run =
        dues::begin_run(tx_, node_, dues::window_of(Period::parse(months_run), taken_over_on), author_);
    for (std::optional<MembershipId> after{MembershipId{0}}; after;)
      after = dues::run_stretch(tx_, node_, run, *after, dues::memberships_at_once, author_).last;
  }

  void record_payments() {
    Chance chance{"dues of February in " + year_.name()};
    const auto taken_over = left_from_january(year_);
    for (const Member& member : year_.members) {
      if (!pays(member) || !is_there(member) || chance.once_in(6) || taken_over.contains(member.code))
        continue;
      const bool is_helped = member.habit == Habit::struggling;
      dues::record_payment(tx_, node_,
                           {.kind = dues::PaymentKind::money,
                            .payer = member.code,
                            .unit = eur_,
                            .minor = is_helped ? price(member) / 2 : price(member),
                            .received_on = taken_over_on.plus_days(2 + chance.below(20)),
                            .account = "assets:bank:main",
                            .reference = "D" + std::string{months_run} + "-" + member.code},
                           author_);
    }
  }

  Tx& tx_;
  NodeId node_;
  const NodeYear& year_;
  books::Author author_;
  UnitId eur_;
  std::map<std::string, MembershipId> memberships_;
};

}  // namespace

void play_society(Tx& tx, NodeId node, const NodeYear& year, UserId bookkeeper, UnitId eur) {
  if (members::find_party(tx, node, year.members.front().code)) return;
  Society{tx, node, year, bookkeeper, eur}.found();
}

}  // namespace coop::api::demo
