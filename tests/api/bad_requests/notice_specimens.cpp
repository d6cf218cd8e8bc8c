#include "tests/api/bad_requests/specimen.hpp"

namespace coop::test {

namespace {

constexpr std::string_view payee_whole =
    R"({"account_holder":"Rivers Co-op","iban":"BE68539007547034","bic":"GKCCBEBB","reference_kind":"ogm",
        "letterhead":"Here 1","closing":"Write to us."})";
constexpr std::string_view reminder_setting_whole =
    R"({"sends":true,"minimum":"5.00","reply_to":"us@example.org","language":"ca"})";
constexpr std::string_view reminder_level_whole =
    R"({"level":2,"from_on":"2026-01-01","closed":false,"after_days":30,"decision":"Circle",
        "fee":{"amount":"2.50","unit":"EUR","charged":true},
        "texts":[{"language":"en","subject":"Your dues","body":"Dear {name}"}]})";

// In the order of the route table. Things that exist: see BadRequests.
constexpr Specimen notice_requests[] = {
    {"GET", "/v1/nodes/{node}/dues/payee", "/v1/nodes/bcn/dues/payee"},
    {"PUT", "/v1/nodes/{node}/dues/payee", "/v1/nodes/bcn/dues/payee", "", Body::json, "{}", payee_whole},
    {"GET", "/v1/nodes/{node}/dues/references/{reference}", "/v1/nodes/bcn/dues/references/RF51M1"},
    {"GET", "/v1/nodes/{node}/members/{member}/dues/notice", "/v1/nodes/bcn/members/M1/dues/notice"},
    {"GET", "/v1/nodes/{node}/members/{member}/dues/payment-code",
     "/v1/nodes/bcn/members/M1/dues/payment-code"},
    {"GET", "/v1/nodes/{node}/dues/charges/{number}/notice", "/v1/nodes/bcn/dues/charges/1/notice"},
    {"GET", "/v1/nodes/{node}/dues/charges/{number}/payment-code",
     "/v1/nodes/bcn/dues/charges/1/payment-code"},
    {"GET", "/v1/nodes/{node}/dues/reminder-setting", "/v1/nodes/bcn/dues/reminder-setting"},
    {"PUT", "/v1/nodes/{node}/dues/reminder-setting", "/v1/nodes/bcn/dues/reminder-setting", "", Body::json,
     "{}", reminder_setting_whole},
    {"GET", "/v1/nodes/{node}/dues/reminder-levels", "/v1/nodes/bcn/dues/reminder-levels"},
    {"POST", "/v1/nodes/{node}/dues/reminder-levels", "/v1/nodes/bcn/dues/reminder-levels", "", Body::json,
     R"({"level":2,"from_on":"2026-01-01","after_days":30,
         "texts":[{"language":"en","subject":"Your dues","body":"Dear {name}"}]})",
     reminder_level_whole, 256u << 10},
    {"POST", "/v1/nodes/{node}/dues/messages/{number}/dropping", "/v1/nodes/bcn/dues/messages/1/dropping", "",
     Body::json, R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"GET", "/v1/nodes/{node}/members/{member}/pauses", "/v1/nodes/bcn/members/M1/pauses"},
    {"POST", "/v1/nodes/{node}/members/{member}/pauses", "/v1/nodes/bcn/members/M1/pauses", "", Body::json,
     R"({"from_on":"2026-03-01","reason":"pays in parts"})",
     R"({"from_on":"2026-03-01","until_on":"2026-05-31","reason":"pays in parts"})"},
    {"POST", "/v1/nodes/{node}/members/{member}/pauses/{number}/ending",
     "/v1/nodes/bcn/members/M2/pauses/1/ending", "", Body::json,
     R"({"last_on":"2026-02-28","reason":"agreed"})", R"({"last_on":"2026-02-28","reason":"agreed"})"},
    {"GET", "/v1/nodes/{node}/dues/noticed-payments", "/v1/nodes/bcn/dues/noticed-payments"},
    {"POST", "/v1/nodes/{node}/dues/noticed-payments", "/v1/nodes/bcn/dues/noticed-payments", "", Body::json,
     R"({"member":"M1","amount":"5.00","unit":"EUR","noticed_on":"2026-02-01"})",
     R"({"member":"M1","reference":"RF51M1","amount":"5.00","unit":"EUR","noticed_on":"2026-02-01"})"},
    {"POST", "/v1/nodes/{node}/dues/noticed-payments/{number}/settlement",
     "/v1/nodes/bcn/dues/noticed-payments/1/settlement", "", Body::json, R"({"reason":"a gift"})",
     R"({"payment":1})"},
    {"POST", "/v1/nodes/{node}/dues/reminders", "/v1/nodes/bcn/dues/reminders"},
    {"GET", "/v1/nodes/{node}/dues/messages", "/v1/nodes/bcn/dues/messages"},
    {"GET", "/v1/nodes/{node}/dues/messages/{number}", "/v1/nodes/bcn/dues/messages/1"},
    {"GET", "/v1/nodes/{node}/dues/messages/{number}/letter", "/v1/nodes/bcn/dues/messages/1/letter"},
    {"POST", "/v1/nodes/{node}/member-imports", "/v1/nodes/bcn/member-imports", "", Body::table},
    {"POST", "/v1/nodes/{node}/dues/payment-imports", "/v1/nodes/bcn/dues/payment-imports", "", Body::table},
};

}  // namespace

std::span<const Specimen> notice_specimens() { return notice_requests; }

}  // namespace coop::test
