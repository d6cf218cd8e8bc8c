#include "tests/api/bad_requests/specimen.hpp"

#include <algorithm>

#include "api/handlers/routes.hpp"
#include "tests/api/bad_requests/specimen_bodies.hpp"

namespace coop::test {

namespace {

constexpr std::size_t one_entry = 1u << 20;
constexpr std::size_t many_entries = 32u << 20;

constexpr Specimen all_specimens[] = {
    {"GET", "/", "/"},
    {"GET", "/style.css", "/style.css"},
    {"GET", "/v1", "/v1"},
    {"GET", "/v1/openapi.yaml", "/v1/openapi.yaml"},
    {"GET", "/v1/openapi.json", "/v1/openapi.json"},
    {"GET", "/v1/problems", "/v1/problems"},
    {"GET", "/v1/problems/{code}", "/v1/problems/limit_exceeded"},
    {"GET", "/health/live", "/health/live"},
    {"GET", "/health/ready", "/health/ready"},
    {"GET", "/metrics", "/metrics"},

    {"POST", "/v1/sign-in", "/v1/sign-in", "", Body::json,
     R"({"name":"ann","password":"correct horse battery"})",
     R"({"name":"ann","password":"correct horse battery"})"},
    {"GET", "/v1/me", "/v1/me"},
    {"PUT", "/v1/me/password", "/v1/me/password", "", Body::json, own_password, own_password},
    {"GET", "/v1/me/tokens", "/v1/me/tokens"},
    {"POST", "/v1/me/tokens", "/v1/me/tokens", "", Body::json, token_required, token_whole},
    {"DELETE", "/v1/me/tokens/{number}", "/v1/me/tokens/{own token}"},

    {"GET", "/v1/users", "/v1/users"},
    {"POST", "/v1/users", "/v1/users", "", Body::json, R"({"name":"bob"})",
     R"({"name":"bob","title":"Bob","password":"correct horse battery","is_operator":false})"},
    {"GET", "/v1/users/{user}", "/v1/users/ann"},
    {"PATCH", "/v1/users/{user}", "/v1/users/ann", "", Body::json, "{}",
     R"({"title":"Ann","is_operator":false,"closed":false})"},
    {"PUT", "/v1/users/{user}/password", "/v1/users/ann/password", "", Body::json, password, password},
    {"GET", "/v1/users/{user}/tokens", "/v1/users/ann/tokens"},
    {"POST", "/v1/users/{user}/tokens", "/v1/users/ann/tokens", "", Body::json, token_required, token_whole},
    {"DELETE", "/v1/users/{user}/tokens/{number}", "/v1/users/ann/tokens/{ann's token}"},

    {"GET", "/v1/units", "/v1/units"},
    {"POST", "/v1/units", "/v1/units", "", Body::json, R"({"code":"ECO","name":"Eco","scale":2})",
     R"({"code":"ECO","name":"Eco","scale":2,"origin":"local"})"},

    {"GET", "/v1/nodes", "/v1/nodes"},
    {"POST", "/v1/nodes", "/v1/nodes", "", Body::json, node_required, node_whole},
    {"GET", "/v1/nodes/{node}", "/v1/nodes/bcn"},
    {"PATCH", "/v1/nodes/{node}", "/v1/nodes/bcn", "", Body::json, "{}",
     R"({"title":"Barcelona","country":"ES","time_zone":"Europe/Madrid"})"},
    {"GET", "/v1/nodes/{node}/roles", "/v1/nodes/bcn/roles"},
    {"PUT", "/v1/nodes/{node}/roles/{user}/{role}", "/v1/nodes/bcn/roles/ann/auditor"},
    {"DELETE", "/v1/nodes/{node}/roles/{user}/{role}", "/v1/nodes/bcn/roles/ann/auditor"},

    {"GET", "/v1/nodes/{node}/accounts", "/v1/nodes/bcn/accounts"},
    {"POST", "/v1/nodes/{node}/accounts", "/v1/nodes/bcn/accounts", "", Body::json, account_required,
     account_whole},
    {"POST", "/v1/nodes/{node}/accounts/batch", "/v1/nodes/bcn/accounts/batch", "", Body::json,
     R"({"accounts":[{"path":"assets:more","unit":"EUR","type":"asset"}]})",
     R"({"accounts":[{"path":"assets:more","unit":"EUR","type":"asset","title":"New","required":["fund"],
         "limits":{"lower":"-10.00","upper":"10.00"},"opened_on":"2020-01-01"}]})",
     many_entries},
    {"GET", "/v1/nodes/{node}/accounts/{account}", "/v1/nodes/bcn/accounts/assets:bank"},
    {"GET", "/v1/nodes/{node}/accounts/{account}/balance", "/v1/nodes/bcn/accounts/assets:bank/balance"},
    {"GET", "/v1/nodes/{node}/accounts/{account}/statement", "/v1/nodes/bcn/accounts/assets:bank/statement"},
    {"PATCH", "/v1/nodes/{node}/accounts/{account}", "/v1/nodes/bcn/accounts/assets:cash", "", Body::json,
     "{}", R"({"title":"Cash","required":["fund"],"limits":{"lower":"-10.00","upper":"1000.00"},
         "opened_on":"2019-12-31"})"},
    {"POST", "/v1/nodes/{node}/accounts/{account}/closing", "/v1/nodes/bcn/accounts/assets:old/closing", "",
     Body::json, R"({"last_day":"2026-01-31"})", R"({"last_day":"2026-01-31"})"},
    {"DELETE", "/v1/nodes/{node}/accounts/{account}/closing", "/v1/nodes/bcn/accounts/assets:shut/closing"},

    {"GET", "/v1/nodes/{node}/dimensions/{kind}", "/v1/nodes/bcn/dimensions/fund"},
    {"POST", "/v1/nodes/{node}/dimensions/{kind}", "/v1/nodes/bcn/dimensions/fund", "", Body::json,
     R"({"items":[{"code":"radio","name":"Radio"}]})", R"({"items":[{"code":"radio","name":"Radio"}]})",
     many_entries},
    {"PATCH", "/v1/nodes/{node}/dimensions/{kind}/{code}", "/v1/nodes/bcn/dimensions/fund/media", "",
     Body::json, R"({"name":"Media"})", R"({"name":"Media"})"},

    {"GET", "/v1/nodes/{node}/members", "/v1/nodes/bcn/members"},
    {"POST", "/v1/nodes/{node}/members", "/v1/nodes/bcn/members", "", Body::json, R"({"kind":"person"})",
     member_whole},
    {"GET", "/v1/nodes/{node}/members/{member}", "/v1/nodes/bcn/members/M1"},
    {"PATCH", "/v1/nodes/{node}/members/{member}", "/v1/nodes/bcn/members/M1", "", Body::json, "{}",
     profile_whole},
    {"POST", "/v1/nodes/{node}/members/{member}/erasure", "/v1/nodes/bcn/members/M2/erasure", "", Body::json,
     R"({"reason":"asked for it"})", R"({"reason":"asked for it"})"},
    {"POST", "/v1/nodes/{node}/members/{member}/head-counts", "/v1/nodes/bcn/members/O1/head-counts", "",
     Body::json, R"({"from_on":"2026-01-01","members":14})", R"({"from_on":"2026-01-01","members":14})"},
    {"PUT", "/v1/nodes/{node}/members/{member}/users/{user}", "/v1/nodes/bcn/members/M1/users/ann"},
    {"DELETE", "/v1/nodes/{node}/members/{member}/users/{user}", "/v1/nodes/bcn/members/O1/users/ann"},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships", "/v1/nodes/bcn/members/M1/memberships", "",
     Body::json, R"({"class":"worker","from_on":"2026-01-01"})", membership_whole},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships/{membership}/changes",
     "/v1/nodes/bcn/members/M1/memberships/1/changes", "", Body::json,
     R"({"kind":"deceased","on_day":"2026-02-01"})",
     R"({"kind":"paused","on_day":"2026-02-01","reason":"abroad","decision":"Circle"})"},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships/{membership}/changes/{change}/annulment",
     "/v1/nodes/bcn/members/M1/memberships/1/changes/2/annulment", "", Body::json,
     R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"GET", "/v1/nodes/{node}/own-members", "/v1/nodes/bcn/own-members"},
    {"GET", "/v1/nodes/{node}/own-members/{member}", "/v1/nodes/bcn/own-members/M1"},
    {"GET", "/v1/own-views/{link}", "/v1/own-views/{own link}"},
    {"GET", "/v1/nodes/{node}/members/{member}/own-view", "/v1/nodes/bcn/members/M1/own-view"},
    {"GET", "/v1/nodes/{node}/members/{member}/links", "/v1/nodes/bcn/members/M1/links"},
    {"POST", "/v1/nodes/{node}/members/{member}/links", "/v1/nodes/bcn/members/M1/links", "", Body::json,
     "{}", R"({"days":30})"},
    {"DELETE", "/v1/nodes/{node}/members/{member}/links/{number}", "/v1/nodes/bcn/members/M1/links/1"},
    {"GET", "/v1/nodes/{node}/member-classes", "/v1/nodes/bcn/member-classes"},
    {"POST", "/v1/nodes/{node}/member-classes", "/v1/nodes/bcn/member-classes", "", Body::json,
     R"({"code":"friend","title":"Friends"})", R"({"code":"friend","title":"Friends"})"},
    {"GET", "/v1/nodes/{node}/member-classes/{class}", "/v1/nodes/bcn/member-classes/user"},
    {"PATCH", "/v1/nodes/{node}/member-classes/{class}", "/v1/nodes/bcn/member-classes/user", "", Body::json,
     R"({"title":"People"})", R"({"title":"People"})"},
    {"POST", "/v1/nodes/{node}/member-classes/{class}/rules", "/v1/nodes/bcn/member-classes/user/rules", "",
     Body::json, R"({"from_on":"2026-01-01","decision":"Assembly"})", rule_whole},
    {"GET", "/v1/nodes/{node}/meetings", "/v1/nodes/bcn/meetings"},
    {"POST", "/v1/nodes/{node}/meetings", "/v1/nodes/bcn/meetings", "", Body::json,
     R"({"held_on":"2026-01-10","title":"All hands"})",
     R"({"held_on":"2026-01-10","title":"All hands","class":"user","attended":["M1"]})", many_entries},
    {"GET", "/v1/nodes/{node}/meetings/{meeting}", "/v1/nodes/bcn/meetings/1"},
    {"POST", "/v1/nodes/{node}/meetings/{meeting}/attendance", "/v1/nodes/bcn/meetings/1/attendance", "",
     Body::json, "{}", R"({"present":["O1"],"absent":["M1"]})", many_entries},

    {"GET", "/v1/nodes/{node}/roll", "/v1/nodes/bcn/roll"},
    {"GET", "/v1/nodes/{node}/rolls", "/v1/nodes/bcn/rolls"},
    {"POST", "/v1/nodes/{node}/rolls", "/v1/nodes/bcn/rolls", "", Body::json,
     R"({"title":"Assembly","as_of":"2026-01-31"})",
     R"({"title":"Assembly","as_of":"2026-01-31","known_at":"2026-02-01T00:00:00Z"})"},
    {"GET", "/v1/nodes/{node}/rolls/{number}", "/v1/nodes/bcn/rolls/1"},
    {"GET", "/v1/nodes/{node}/rolls/{number}/lines", "/v1/nodes/bcn/rolls/1/lines"},
    {"GET", "/v1/nodes/{node}/rolls/{number}/text", "/v1/nodes/bcn/rolls/1/text"},
    {"POST", "/v1/nodes/{node}/rolls/{number}/votes", "/v1/nodes/bcn/rolls/1/votes", "", Body::json,
     R"({"title":"Budget","held_on":"2026-01-31","tally":[{"class":"user","for":1,"against":0}]})",
     vote_whole},
    {"GET", "/v1/nodes/{node}/votes", "/v1/nodes/bcn/votes"},
    {"GET", "/v1/nodes/{node}/votes/{number}", "/v1/nodes/bcn/votes/1"},

    {"GET", "/v1/nodes/{node}/entries", "/v1/nodes/bcn/entries"},
    {"GET", "/v1/nodes/{node}/entries/{number}", "/v1/nodes/bcn/entries/1"},
    {"POST", "/v1/nodes/{node}/entries", "/v1/nodes/bcn/entries", "", Body::json, entry_required, entry_whole,
     one_entry},
    {"POST", "/v1/nodes/{node}/entries/batch", "/v1/nodes/bcn/entries/batch", "", Body::json, batch_required,
     batch_whole, many_entries},
    {"POST", "/v1/nodes/{node}/entries/stream", "/v1/nodes/bcn/entries/stream", "", Body::lines,
     entry_required, entry_whole, one_entry},
    {"POST", "/v1/nodes/{node}/entries/{number}/reversal", "/v1/nodes/bcn/entries/1/reversal", "", Body::json,
     "{}", R"({"booked_on":"2026-01-06","late":"refuse","description":"Wrong"})"},

    {"GET", "/v1/nodes/{node}/holds", "/v1/nodes/bcn/holds"},
    {"POST", "/v1/nodes/{node}/holds", "/v1/nodes/bcn/holds", "", Body::json, hold_required, hold_whole,
     one_entry},
    {"GET", "/v1/nodes/{node}/holds/{number}", "/v1/nodes/bcn/holds/1"},
    {"POST", "/v1/nodes/{node}/holds/{number}/posting", "/v1/nodes/bcn/holds/1/posting", "", Body::json,
     R"({"booked_on":"2026-01-06"})", hold_posting_whole, one_entry},
    {"POST", "/v1/nodes/{node}/holds/{number}/voiding", "/v1/nodes/bcn/holds/2/voiding"},

    {"GET", "/v1/nodes/{node}/dues/accounts", "/v1/nodes/bcn/dues/accounts"},
    {"PUT", "/v1/nodes/{node}/dues/accounts", "/v1/nodes/bcn/dues/accounts", "", Body::json, "{}",
     dues_accounts_whole},
    {"GET", "/v1/nodes/{node}/dues/tiers", "/v1/nodes/bcn/dues/tiers"},
    {"POST", "/v1/nodes/{node}/dues/tiers", "/v1/nodes/bcn/dues/tiers", "", Body::json,
     R"({"code":"friend","title":"Friends","interval":"year","unit":"EUR"})", tier_whole},
    {"GET", "/v1/nodes/{node}/dues/tiers/{tier}", "/v1/nodes/bcn/dues/tiers/standard"},
    {"PATCH", "/v1/nodes/{node}/dues/tiers/{tier}", "/v1/nodes/bcn/dues/tiers/standard", "", Body::json,
     R"({"title":"Usual"})", R"({"title":"Usual"})"},
    {"POST", "/v1/nodes/{node}/dues/tiers/{tier}/prices", "/v1/nodes/bcn/dues/tiers/standard/prices", "",
     Body::json, R"({"from_on":"2026-02-01","suggested":"25.00"})", price_whole},
    {"GET", "/v1/nodes/{node}/dues/rates", "/v1/nodes/bcn/dues/rates"},
    {"POST", "/v1/nodes/{node}/dues/rates", "/v1/nodes/bcn/dues/rates", "", Body::json,
     R"({"from":"EUR","to":"GBP","from_on":"2026-01-01","rate":"0.8"})",
     R"({"from":"EUR","to":"GBP","from_on":"2026-01-01","rate":"0.8","decision":"Assembly"})"},
    {"GET", "/v1/nodes/{node}/members/{member}/memberships/{membership}/dues",
     "/v1/nodes/bcn/members/M1/memberships/1/dues"},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships/{membership}/subscriptions",
     "/v1/nodes/bcn/members/M1/memberships/1/subscriptions", "", Body::json, R"({"from_on":"2026-02-01"})",
     R"({"from_on":"2026-02-01","tier":"standard","amount":"21.00","payer":"M2","instalments":1})"},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships/{membership}/concessions",
     "/v1/nodes/bcn/members/M1/memberships/1/concessions", "", Body::json,
     R"({"from_on":"2026-02-01","share":"1/2","reason":"between jobs"})", concession_whole},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships/{membership}/concessions/{number}/ending",
     "/v1/nodes/bcn/members/M1/memberships/1/concessions/1/ending", "", Body::json,
     R"({"last_on":"2026-02-28","reason":"work again"})",
     R"({"last_on":"2026-02-28","reason":"work again"})"},
    {"GET", "/v1/nodes/{node}/members/{member}/dues", "/v1/nodes/bcn/members/M1/dues"},
    {"GET", "/v1/nodes/{node}/dues/balances", "/v1/nodes/bcn/dues/balances"},
    {"GET", "/v1/nodes/{node}/dues/preview", "/v1/nodes/bcn/dues/preview", "period=2026-01"},
    {"POST", "/v1/nodes/{node}/dues/runs", "/v1/nodes/bcn/dues/runs", "", Body::json,
     R"({"period":"2026-01"})", R"({"period":"2026-01","corrections_from":"2026-01-01"})"},
    {"GET", "/v1/nodes/{node}/dues/runs", "/v1/nodes/bcn/dues/runs"},
    {"GET", "/v1/nodes/{node}/dues/runs/{number}", "/v1/nodes/bcn/dues/runs/1"},
    {"GET", "/v1/nodes/{node}/dues/deferrals", "/v1/nodes/bcn/dues/deferrals"},
    {"GET", "/v1/nodes/{node}/dues/charges", "/v1/nodes/bcn/dues/charges"},
    {"POST", "/v1/nodes/{node}/dues/charges", "/v1/nodes/bcn/dues/charges", "", Body::json,
     R"({"member":"M1","amount":"5.00","unit":"EUR","on":"2026-01-05","why":"a key"})", charge_whole},
    {"GET", "/v1/nodes/{node}/dues/charges/{number}", "/v1/nodes/bcn/dues/charges/1"},
    {"POST", "/v1/nodes/{node}/dues/charges/{number}/reversal", "/v1/nodes/bcn/dues/charges/1/reversal", "",
     Body::json, R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"GET", "/v1/nodes/{node}/dues/payments", "/v1/nodes/bcn/dues/payments"},
    {"POST", "/v1/nodes/{node}/dues/payments", "/v1/nodes/bcn/dues/payments", "", Body::json,
     R"({"payer":"M1","amount":"5.00","unit":"EUR","received_on":"2026-01-06","account":"assets:bank"})",
     payment_whole},
    {"GET", "/v1/nodes/{node}/dues/payments/{number}", "/v1/nodes/bcn/dues/payments/1"},
    {"POST", "/v1/nodes/{node}/dues/payments/{number}/return", "/v1/nodes/bcn/dues/payments/1/return", "",
     Body::json, R"({"reason":"a mistake"})", R"({"on":"2026-01-20","reason":"a mistake"})"},

    {"GET", "/v1/nodes/{node}/dues/creditor", "/v1/nodes/bcn/dues/creditor"},
    {"PUT", "/v1/nodes/{node}/dues/creditor", "/v1/nodes/bcn/dues/creditor", "", Body::json,
     creditor_required, creditor_whole},
    {"GET", "/v1/nodes/{node}/dues/mandates", "/v1/nodes/bcn/dues/mandates"},
    {"POST", "/v1/nodes/{node}/dues/mandates", "/v1/nodes/bcn/dues/mandates", "", Body::json,
     R"({"member":"M1","signed_on":"2026-01-02","iban":"DE89370400440532013000"})", mandate_whole},
    {"GET", "/v1/nodes/{node}/dues/mandates/{number}", "/v1/nodes/bcn/dues/mandates/1"},
    {"POST", "/v1/nodes/{node}/dues/mandates/{number}/changes", "/v1/nodes/bcn/dues/mandates/1/changes", "",
     Body::json, R"({"change":"released","on":"2098-12-20"})",
     R"({"change":"returned","on":"2098-12-20","code":"AM04","reason":"told by telephone"})"},
    {"POST", "/v1/nodes/{node}/dues/mandates/{number}/accounts", "/v1/nodes/bcn/dues/mandates/1/accounts", "",
     Body::json, R"({"on":"2098-12-20","iban":"DE89370400440532013000","name":"Maria"})",
     mandate_account_whole},
    {"GET", "/v1/nodes/{node}/dues/collections", "/v1/nodes/bcn/dues/collections"},
    {"POST", "/v1/nodes/{node}/dues/collections", "/v1/nodes/bcn/dues/collections", "", Body::json,
     R"({"due_on":"2099-01-05"})", R"({"due_on":"2099-01-05","final":["M4"]})"},
    {"GET", "/v1/nodes/{node}/dues/collections/{number}", "/v1/nodes/bcn/dues/collections/1"},
    {"GET", "/v1/nodes/{node}/dues/collections/{number}/lines", "/v1/nodes/bcn/dues/collections/1/lines"},
    {"GET", "/v1/nodes/{node}/dues/collections/{number}/file", "/v1/nodes/bcn/dues/collections/1/file"},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/lines/{line}/exclusion",
     "/v1/nodes/bcn/dues/collections/3/lines/1/exclusion", "", Body::json, R"({"reason":"pays in cash"})",
     R"({"reason":"pays in cash"})"},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/approval",
     "/v1/nodes/bcn/dues/collections/3/approval"},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/handing-in",
     "/v1/nodes/bcn/dues/collections/2/handing-in", "", Body::json, "{}", R"({"on":"{today}"})"},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/cancelling",
     "/v1/nodes/bcn/dues/collections/3/cancelling", "", Body::json, R"({"reason":"a mistake"})",
     R"({"reason":"a mistake"})"},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/settlement",
     "/v1/nodes/bcn/dues/collections/1/settlement", "", Body::json, R"({"on":"2099-01-05"})",
     R"({"on":"2099-01-06"})"},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/lines/{line}/return",
     "/v1/nodes/bcn/dues/collections/1/lines/1/return", "", Body::json,
     R"({"on":"2099-01-05","code":"AM04"})",
     R"({"on":"2099-01-05","code":"MD06","fee":{"amount":"3.50","income":"income:dues"}})"},

    {"GET", "/v1/nodes/{node}/locks", "/v1/nodes/bcn/locks"},
    {"POST", "/v1/nodes/{node}/locks", "/v1/nodes/bcn/locks", "", Body::json,
     R"({"kind":"soft","through_on":"2021-12-31","reason":"audited"})",
     R"({"kind":"soft","through_on":"2021-12-31","reason":"audited"})"},
    {"POST", "/v1/nodes/{node}/locks/{number}/lifting", "/v1/nodes/bcn/locks/1/lifting", "", Body::json,
     R"({"reason":"a late bill"})", R"({"reason":"a late bill"})"},

    {"GET", "/v1/charts", "/v1/charts"},
    {"GET", "/v1/charts/{template}", "/v1/charts/{chart}"},
    {"POST", "/v1/nodes/{node}/chart", "/v1/nodes/bcn/chart", "", Body::json,
     R"({"template":"{chart}","units":["EUR"]})",
     R"({"template":"{chart}","units":["EUR"],"opened_on":"2026-01-01"})"},

    {"GET", "/v1/nodes/{node}/export", "/v1/nodes/bcn/export"},
    {"POST", "/v1/nodes/{node}/imports", "/v1/nodes/bcn/imports", "", Body::journal},
    {"POST", "/v1/restores", "/v1/restores", "", Body::books},

    {"GET", "/v1/nodes/{node}/checkpoints", "/v1/nodes/bcn/checkpoints"},
    {"POST", "/v1/nodes/{node}/checkpoints", "/v1/nodes/bcn/checkpoints"},
    {"GET", "/v1/nodes/{node}/checkpoints/{number}", "/v1/nodes/bcn/checkpoints/2"},
    {"GET", "/v1/nodes/{node}/entries/{number}/proof", "/v1/nodes/bcn/entries/1/proof"},
    {"GET", "/v1/nodes/{node}/proof", "/v1/nodes/bcn/proof"},
    {"POST", "/v1/nodes/{node}/verification", "/v1/nodes/bcn/verification"},

    {"GET", "/v1/nodes/{node}/jobs", "/v1/nodes/bcn/jobs"},
    {"GET", "/v1/nodes/{node}/jobs/{number}", "/v1/nodes/bcn/jobs/1"},
    {"POST", "/v1/nodes/{node}/jobs/{number}/cancelling", "/v1/nodes/bcn/jobs/1/cancelling"},
    {"POST", "/v1/nodes/{node}/jobs/{number}/resumption", "/v1/nodes/bcn/jobs/2/resumption"},

    {"GET", "/v1/nodes/{node}/webhooks", "/v1/nodes/bcn/webhooks"},
    {"POST", "/v1/nodes/{node}/webhooks", "/v1/nodes/bcn/webhooks", "", Body::json,
     R"({"url":"https://hook.invalid/hook"})",
     R"({"url":"https://hook.invalid/hook","kinds":["node_changed"],"from_start":false})"},
    {"GET", "/v1/nodes/{node}/webhooks/{number}", "/v1/nodes/bcn/webhooks/1"},
    {"POST", "/v1/nodes/{node}/webhooks/{number}/test", "/v1/nodes/bcn/webhooks/1/test"},
    {"DELETE", "/v1/nodes/{node}/webhooks/{number}", "/v1/nodes/bcn/webhooks/1"},

    {"GET", "/v1/nodes/{node}/reports/trial-balance", "/v1/nodes/bcn/reports/trial-balance"},
    {"GET", "/v1/nodes/{node}/reports/balance-sheet", "/v1/nodes/bcn/reports/balance-sheet"},
    {"GET", "/v1/nodes/{node}/reports/income-expenditure", "/v1/nodes/bcn/reports/income-expenditure"},
    {"GET", "/v1/nodes/{node}/reports/general-ledger", "/v1/nodes/bcn/reports/general-ledger"},
    {"GET", "/v1/nodes/{node}/reports/journal", "/v1/nodes/bcn/reports/journal"},
    {"GET", "/v1/nodes/{node}/reports/dimension-statement", "/v1/nodes/bcn/reports/dimension-statement",
     "kind=fund"},

    {"GET", "/v1/events", "/v1/events"},
    {"GET", "/v1/nodes/{node}/events", "/v1/nodes/bcn/events"},

    // The last one: it ends the token that asks.
    {"POST", "/v1/sign-out", "/v1/sign-out"},
};

}  // namespace

std::span<const Specimen> specimens() {
  static const std::vector<Specimen> all = [] {
    std::vector<Specimen> together;
    for (const Specimen& specimen : notice_specimens()) together.push_back(specimen);
    for (const Specimen& specimen : bank_specimens()) together.push_back(specimen);
    for (const Specimen& specimen : disbursement_specimens()) together.push_back(specimen);
    for (const Specimen& specimen : work_specimens()) together.push_back(specimen);
    for (const Specimen& specimen : obligation_specimens()) together.push_back(specimen);
    for (const Specimen& specimen : fund_specimens()) together.push_back(specimen);
    for (const Specimen& specimen : capital_specimens()) together.push_back(specimen);
    for (const Specimen& specimen : sharing_specimens()) together.push_back(specimen);
    for (const Specimen& specimen : pay_specimens()) together.push_back(specimen);
    for (const Specimen& specimen : cost_specimens()) together.push_back(specimen);
    together.insert(together.end(), std::begin(all_specimens), std::end(all_specimens));
    return together;
  }();
  return all;
}

const Specimen* specimen_of(const api::Route& route) {
  for (const Specimen& specimen : specimens())
    if (specimen.method == route.method && specimen.pattern == route.pattern) return &specimen;
  return nullptr;
}

const api::Route* route_of(const Specimen& specimen) {
  for (const api::Route& route : api::routes())
    if (specimen.method == route.method && specimen.pattern == route.pattern) return &route;
  return nullptr;
}

std::string name_of(const Specimen& specimen) {
  return std::string{specimen.method} + " " + std::string{specimen.pattern};
}

bool concerns(std::string_view where, const Specimen& specimen) {
  return (std::string{specimen.pattern} + " ").find(where) != std::string::npos;
}

bool lists(std::string_view codes, std::string_view code) {
  return (" " + std::string{codes} + " ").find(" " + std::string{code} + " ") != std::string::npos;
}

}  // namespace coop::test
