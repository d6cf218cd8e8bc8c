// Values that no place of an address may have.
#include "tests/api/bad_requests/specimen.hpp"

namespace coop::test {

const std::vector<PlaceFault>& place_faults() {
  static const std::vector<PlaceFault> all = [] {
    std::vector<PlaceFault> faults{
        {"{node}", "", "nowhere", "node_unknown"},
        {"{node}", "", "BCN", "node_unknown"},
        {"{node}", "", "%20", "node_unknown"},
        {"{node}", "", "bcn%3Bdrop", "node_unknown"},
        {"{account}", "", "assets:nowhere", "account_unknown"},
        {"{account}", "", "%20", "account_unknown"},
        {"{account}", "", "assets%2Fbank", "account_unknown"},
        {"{user}", "", "nobody", "user_unknown"},
        {"{user}", "", "Ann", "user_unknown"},
        {"{user}", "", "%27%20OR%201%3D1", "user_unknown"},
        {"{role}", "", "king", "field_invalid"},
        {"{kind}", "dimensions", "colour", "route_unknown"},
        {"{code}", "{kind}", "nowhere", "dimension_unknown"},
        {"{code}", "problems", "nothing", "route_unknown"},
        {"{template}", "", "nothing", "template_unknown"},
        {"{code}", "sharing-rules", "nothing", "sharing_rule_unknown"},
        {"{code}", "sharing-rules", "Wages", "sharing_rule_unknown"},
        {"{code}", "sharing-rules", "%20", "sharing_rule_unknown"},
        {"{member}", "", "nobody", "party_unknown"},
        {"{member}", "", "%20", "party_unknown"},
        {"{fingerprint}", "", "nothing", "field_invalid"},
        {"{class}", "", "nothing", "class_unknown"},
        {"{circle}", "", "nowhere", "circle_unknown"},
        {"{reference}", "", "RF00M1", "reference_malformed"},
        {"{reference}", "", "nothing", "reference_malformed"},
        {"{reference}", "", "RF18539007547034", "party_unknown"},
        {"{tier}", "", "nothing", "tier_unknown"},
        {"{link}", "", "nothing", "link_invalid"},
        {"{link}", "", "bcn.1.4102444800.AAAA", "link_invalid"},
        {"{tier}", "", "Standard", "tier_unknown"},
        {"{class}", "", "User", "class_unknown"},
        {"{membership}", "", "999999", "membership_unknown"},
        {"{membership}", "", "one", "membership_unknown"},
        {"{membership}", "", "0", "membership_unknown"},
        {"{membership}", "", "4294967297", "membership_unknown"},
        {"{change}", "", "999999", "change_unknown"},
        {"{change}", "", "one", "change_unknown"},
        {"{line}", "", "999999", "collection_unknown"},
        {"{line}", "", "0", "collection_unknown"},
        {"{line}", "", "one", "collection_unknown"},
        {"{line}", "", "4294967297", "collection_unknown"},
        {"{order}", "", "999999", "disbursement_unknown"},
        {"{order}", "", "0", "disbursement_unknown"},
        {"{order}", "", "one", "disbursement_unknown"},
        {"{order}", "", "4294967297", "disbursement_unknown"},
        {"{fund}", "", "nowhere", "dimension_unknown"},
        {"{fund}", "", "%20", "dimension_unknown"},
        {"{draw}", "", "999999", "draw_unknown"},
        {"{draw}", "", "0", "draw_unknown"},
        {"{draw}", "", "one", "draw_unknown"},
        {"{draw}", "", "4294967297", "draw_unknown"},
        {"{meeting}", "", "999999", "meeting_unknown"},
        {"{meeting}", "", "one", "meeting_unknown"},
        {"{meeting}", "", "4294967297", "meeting_unknown"},
    };
    constexpr std::pair<std::string_view, std::string_view> numbered[] = {
        {"entries", "entry_unknown"},
        {"holds", "hold_unknown"},
        {"jobs", "job_unknown"},
        {"webhooks", "webhook_unknown"},
        {"locks", "lock_unknown"},
        {"tokens", "token_unknown"},
        {"checkpoints", "checkpoint_unknown"},
        {"charges", "charge_unknown"},
        {"payments", "payment_unknown"},
        {"runs", "charge_run_unknown"},
        {"concessions", "concession_unknown"},
        {"links", "link_invalid"},
        {"rolls", "roll_unknown"},
        {"votes", "vote_unknown"},
        {"mandates", "mandate_unknown"},
        {"collections", "collection_unknown"},
        {"pauses", "pause_unknown"},
        {"noticed-payments", "payment_unknown"},
        {"messages", "message_unknown"},
        {"accounts", "bank_account_unknown"},
        {"imports", "bank_import_unknown"},
        {"lines", "bank_line_unknown"},
        {"matches", "match_unknown"},
        {"signoffs", "signoff_unknown"},
        {"cash-counts", "cash_count_unknown"},
        {"rules", "bank_rule_unknown"},
        {"disbursements", "disbursement_unknown"},
        {"hours", "hours_unknown"},
        {"spending-mandates", "spending_mandate_unknown"},
        {"surplus-runs", "surplus_run_unknown"},
    };
    for (const auto& [after, code] : numbered)
      for (const std::string_view value :
           {"999999", "0", "-1", "01", "one", "1.0", "1e0", "%201", "99999999999999999999", "4294967297",
            "9223372036854775807", "%D9%A1"})
        faults.push_back({"{number}", after, value, code});
    return faults;
  }();
  return all;
}

}  // namespace coop::test
