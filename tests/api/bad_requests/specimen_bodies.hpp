#pragma once
#include <string_view>

namespace coop::test {

/// Bodies of specimens: with the fields they must have, and with every field they know.
inline constexpr std::string_view account_required = R"({"path":"assets:new","unit":"EUR","type":"asset"})";
inline constexpr std::string_view account_whole =
    R"({"path":"assets:new","unit":"EUR","type":"asset","title":"New","required":["fund"],
        "limits":{"lower":"-10.00","upper":"10.00"},"opened_on":"2020-01-01"})";
inline constexpr std::string_view entry_required =
    R"({"booked_on":"2026-01-05","postings":[{"account":"assets:bank","amount":"1.00","unit":"EUR"},
        {"account":"income:dues","amount":"-1.00","unit":"EUR"}]})";
inline constexpr std::string_view entry_whole =
    R"({"booked_on":"2026-01-05","description":"Dues","reference":"R1","source":"bank/1","late":"refuse",
        "postings":[{"account":"assets:bank","amount":"1.00","unit":"EUR","fund":"media","member":"M1",
        "cost_object":"C1","tax_code":"T1","note":"a note"},
        {"account":"income:dues","amount":"-1.00","unit":"EUR"}]})";
inline constexpr std::string_view batch_required =
    R"({"mode":"atomic","entries":[{"booked_on":"2026-01-05","postings":[
        {"account":"assets:bank","amount":"1.00","unit":"EUR"},
        {"account":"income:dues","amount":"-1.00","unit":"EUR"}]}]})";
inline constexpr std::string_view batch_whole =
    R"({"mode":"atomic","entries":[{"booked_on":"2026-01-05","description":"Dues","reference":"R1",
        "source":"bank/1","late":"refuse","postings":[{"account":"assets:bank","amount":"1.00","unit":"EUR",
        "fund":"media","member":"M1","cost_object":"C1","tax_code":"T1","note":"a note"},
        {"account":"income:dues","amount":"-1.00","unit":"EUR"}]}]})";
inline constexpr std::string_view hold_required =
    R"({"postings":[{"account":"assets:bank","amount":"-1.00","unit":"EUR"},
        {"account":"expense:rent","amount":"1.00","unit":"EUR"}]})";
inline constexpr std::string_view hold_whole =
    R"({"expires_at":"2999-01-01T00:00:00Z","description":"Rent","reference":"R1","postings":[
        {"account":"assets:bank","amount":"-1.00","unit":"EUR","fund":"media","member":"M1",
        "cost_object":"C1","tax_code":"T1","note":"a note"},
        {"account":"expense:rent","amount":"1.00","unit":"EUR"}]})";
inline constexpr std::string_view hold_posting_whole =
    R"({"booked_on":"2026-01-06","late":"refuse","description":"Rent","reference":"R1","source":"bank/2",
        "postings":[{"account":"assets:bank","amount":"-1.00","unit":"EUR","fund":"media","member":"M1",
        "cost_object":"C1","tax_code":"T1","note":"a note"},
        {"account":"expense:rent","amount":"1.00","unit":"EUR"}]})";
inline constexpr std::string_view dues_accounts_whole =
    R"({"receivable":"assets:receivable:dues","prepaid":"liabilities:deferred:dues","income":"income:dues",
        "solidarity":"expense:rent","written_off":"expense:rent","obligations":"income:dues",
        "deferred":"liabilities:later"})";
inline constexpr std::string_view tier_whole =
    R"({"code":"friend","title":"Friends","interval":"year","proration":"whole_periods","due_after_days":14,
        "unit":"EUR"})";
inline constexpr std::string_view price_whole =
    R"({"from_on":"2026-02-01","closed":false,"minimum":"10.00","suggested":"25.00","joining_fee":"5.00",
        "local":{"unit":"GBP","share":"3/10"},"decision":"Assembly"})";
inline constexpr std::string_view concession_whole =
    R"({"from_on":"2026-02-01","until_on":"2026-06-30","share":"1/2","reason":"between jobs",
        "review_on":"2026-06-01","decision":"Circle"})";
inline constexpr std::string_view charge_whole =
    R"({"member":"M1","payer":"M2","kind":"obligation","amount":"5.00","unit":"EUR","on":"2026-01-05",
        "due_on":"2026-02-05","why":"a key","income":"income:dues"})";
inline constexpr std::string_view payment_whole =
    R"({"kind":"money","payer":"M1","amount":"5.00","unit":"EUR","received_on":"2026-01-06",
        "account":"assets:bank","reference":"R1","note":"in cash",
        "shares":[{"member":"M1","amount":"5.00","charge":1}]})";
inline constexpr std::string_view creditor_required =
    R"({"identifier":"DE98ZZZ09999999999","name":"Meeting","iban":"DE89370400440532013000",
        "account":"assets:bank"})";
inline constexpr std::string_view creditor_whole =
    R"({"identifier":"DE98ZZZ09999999999","name":"Meetings","iban":"DE89370400440532013000",
        "bic":"COBADEFFXXX","account":"assets:cash"})";
inline constexpr std::string_view mandate_whole =
    R"({"member":"M1","reference":"M1/2","scheme":"b2b","use":"one_off","signed_on":"2098-12-01",
        "used_on":"2098-12-02","iban":"CH9300762011623852957","bic":"POFICHBEXXX","name":"Maria",
        "address":{"town":"Bern","country":"CH","lines":["Gasse 1"]}})";
inline constexpr std::string_view mandate_account_whole =
    R"({"on":"2098-12-20","iban":"CH9300762011623852957","bic":"POFICHBEXXX","name":"Maria",
        "address":{"town":"Bern","country":"CH","lines":["Gasse 1"]},"reason":"moved"})";
inline constexpr std::string_view node_required =
    R"({"name":"par","title":"Paris","base_unit":"EUR","country":"FR","time_zone":"Europe/Paris"})";
inline constexpr std::string_view node_whole =
    R"({"name":"par","title":"Paris","base_unit":"EUR","country":"FR","time_zone":"Europe/Paris",
        "fiscal_year_start":{"month":4,"day":1}})";
inline constexpr std::string_view member_whole =
    R"({"kind":"person","number":"M77","profile":{"name":"Maria","email":"m@example.org",
        "iban":"ES9121000418450200051332","address":"Here 1","country":"ES","language":"ca"}})";
inline constexpr std::string_view profile_whole =
    R"({"name":"Maria","email":"m@example.org","iban":"ES9121000418450200051332","address":"Here 1",
        "country":"ES","language":"ca"})";
inline constexpr std::string_view rule_whole =
    R"({"from_on":"2026-01-01","weight":"1/2","one_vote":"member","attendance":"1/2","grace_days":14,
        "arrears_days":60,"is_solidarity":false,"obligation":{"amount":"1000.00","unit":"EUR"},
        "decision":"Assembly"})";
inline constexpr std::string_view membership_whole =
    R"({"class":"worker","from_on":"2026-01-01","admitted_on":"2026-01-15","reason":"a letter",
        "decision":"Circle"})";
inline constexpr std::string_view token_required = R"({"scopes":["read"]})";
inline constexpr std::string_view token_whole =
    R"({"label":"a reader","scopes":["read"],"only_node":"bcn","days":30})";
inline constexpr std::string_view password = R"({"password":"correct horse battery"})";
inline constexpr std::string_view own_password =
    R"({"old_password":"correct horse battery","password":"another horse battery"})";

// In the order of the route table. Things that exist: see BadRequests.
inline constexpr std::string_view vote_whole =
    R"({"title":"Budget","link":"https://vote.example/1","held_on":"2026-01-31","quorum":"1/4",
        "tally":[{"class":"user","for":1,"against":0,"abstain":0}],"decision":"Adopted","supersedes":1,
        "reason":"counted again"})";

}  // namespace coop::test
