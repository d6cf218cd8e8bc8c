// What a person sees who opens the server's address in a browser.
#include "api/errors_page.hpp"
#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

class Pages : public ApiTest {
 protected:
  /// As a browser asks, without a token.
  ApiAnswer visit(const std::string& path) {
    return send("GET", path,
                {.token = "-", .headers = {{"Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}}});
  }
};

TEST_F(Pages, LeadToEverythingThatIsOpen) {
  const ApiAnswer home = visit("/");
  EXPECT_EQ(home.headers.at("content-type"), "text/html; charset=utf-8");
  for (std::size_t at = 0; (at = home.body.find("href=\"", at)) != std::string::npos;) {
    at += 6;
    const std::string address = home.body.substr(at, home.body.find('"', at) - at);
    EXPECT_EQ(visit(address).status, 200) << address;
  }
  EXPECT_EQ(visit("/style.css").headers.at("content-type"), "text/css; charset=utf-8");
}

TEST_F(Pages, ExplainEveryProblemToPeopleAndProgramsAtOneAddress) {
  const ApiAnswer all = visit("/v1/problems");
  for (const api::ProblemText& text : api::problem_texts()) {
    const std::string address = "/v1/problems/" + std::string{text.code};
    EXPECT_NE(all.body.find("href=\"" + address + "\""), std::string::npos) << address;
    const ApiAnswer page = visit(address);
    EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.headers.at("vary"), "Accept");
    const ApiAnswer json = get(address);
    EXPECT_EQ(json.text("cure"), text.cure);
    EXPECT_EQ(json.headers.at("vary"), "Accept");
  }
  EXPECT_EQ(visit("/v1/problems/none").code(), "route_unknown");
}

TEST_F(Pages, ShowEveryAddressToPeopleAndPrograms) {
  EXPECT_NE(visit("/v1").body.find("<code>/v1/nodes/{node}/entries</code>"), std::string::npos);
  EXPECT_EQ(get("/v1").text("program"), "coopledger");
}

}  // namespace
}  // namespace coop::test
