#include "ledger/work/circle_service.hpp"
#include "ledger/work/hours_service.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {

namespace {

constexpr std::size_t as_much_as_a_batch = 32u << 20;

// Hours 1 to 3 are those of M2, and wait; 4 were taken back. The operator is M1.
const Specimen work_requests[] = {
    {"GET", "/v1/nodes/{node}/circles", "/v1/nodes/bcn/circles"},
    {"POST", "/v1/nodes/{node}/circles", "/v1/nodes/bcn/circles", "", Body::json,
     R"({"circle":"product","title":"Product","from_on":"2026-01-01"})",
     R"({"circle":"product","title":"Product","from_on":"2026-01-01"})"},
    {"GET", "/v1/nodes/{node}/circles/{circle}", "/v1/nodes/bcn/circles/tech"},
    {"POST", "/v1/nodes/{node}/circles/{circle}/joining", "/v1/nodes/bcn/circles/care-team/joining", "",
     Body::json, R"({"member":"M1","from_on":"2026-01-01"})", R"({"member":"M1","from_on":"2026-01-01"})"},
    {"POST", "/v1/nodes/{node}/circles/{circle}/leaving", "/v1/nodes/bcn/circles/tech/leaving", "",
     Body::json, R"({"member":"M1","until_on":"2099-01-01","reason":"moved"})",
     R"({"member":"M1","until_on":"2099-01-01","reason":"moved"})"},
    {"POST", "/v1/nodes/{node}/circles/{circle}/closing", "/v1/nodes/bcn/circles/care-team/closing", "",
     Body::json, R"({"until_on":"2099-01-01","reason":"done"})",
     R"({"until_on":"2099-01-01","reason":"done"})"},
    {"GET", "/v1/nodes/{node}/work-kinds", "/v1/nodes/bcn/work-kinds"},
    {"POST", "/v1/nodes/{node}/work-kinds", "/v1/nodes/bcn/work-kinds", "", Body::json,
     R"({"code":"teaching","title":"Teaching","has_price":true})",
     R"({"code":"teaching","title":"Teaching","has_price":true})"},
    {"GET", "/v1/nodes/{node}/hours", "/v1/nodes/bcn/hours"},
    {"POST", "/v1/nodes/{node}/hours", "/v1/nodes/bcn/hours", "", Body::json,
     R"({"mode":"atomic","hours":[{"member":"M2","circle":"tech","worked_on":"2026-01-09","minutes":60,)"
     R"("work":"livelihood","intent":"paid"}]})",
     R"({"mode":"atomic","hours":[{"member":"M2","circle":"tech","worked_on":"2026-01-09","minutes":60,)"
     R"("work":"livelihood","intent":"paid","cost_object":"C1","task":"task 7","note":"backups",)"
     R"("corrects":4}]})",
     as_much_as_a_batch},
    {"GET", "/v1/nodes/{node}/hours/{number}", "/v1/nodes/bcn/hours/1"},
    {"POST", "/v1/nodes/{node}/hours-approvals", "/v1/nodes/bcn/hours-approvals", "", Body::json,
     R"({"mode":"atomic","hours":[1]})", R"({"mode":"atomic","hours":[1]})", as_much_as_a_batch},
    {"POST", "/v1/nodes/{node}/hours/{number}/rejection", "/v1/nodes/bcn/hours/2/rejection", "", Body::json,
     R"({"reason":"not done"})", R"({"reason":"not done"})"},
    {"POST", "/v1/nodes/{node}/hours/{number}/reversal", "/v1/nodes/bcn/hours/3/reversal", "", Body::json,
     R"({"reason":"twice"})", R"({"reason":"twice"})"},
    {"GET", "/v1/nodes/{node}/hours-sums", "/v1/nodes/bcn/hours-sums"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/hours", "/v1/nodes/bcn/own-members/M1/hours"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/circles/{circle}/hours",
     "/v1/nodes/bcn/own-members/M1/circles/tech/hours"},
};

}  // namespace

std::span<const Specimen> work_specimens() { return work_requests; }

void BadRequests::add_work() {
  const Instant now = system_clock()();
  as_owner_.in_tx([&](Tx& tx) {
    const books::Node node = books::read_node(tx, "bcn");
    const books::Author author{std::nullopt, now};
    const Day begins = Day::parse("2020-01-01");
    work::found_circle(tx, node.id, {"tech", "Technology", begins}, author);
    work::found_circle(tx, node.id, {"care-team", "Care", begins}, author);
    for (const char* member : {"M1", "M2"}) work::join_circle(tx, node.id, "tech", member, begins, author);
    const work::HoursDraft draft{.member = "M2",
                                 .circle = "tech",
                                 .worked_on = Day::parse("2026-01-10"),
                                 .minutes = 60,
                                 .kind = "livelihood",
                                 .intent = work::Intent::paid};
    const std::vector<work::HoursDraft> drafts(4, draft);
    work::submit_hours(tx, node, drafts, {author, true});
    work::reverse_hours(tx, node, work::HoursNumber{4}, "twice", {author, true});
  });
}

}  // namespace coop::test
