// Nodes on the command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class NodeCommands : public CommandTest {
 protected:
  Ran add(const std::string& name, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"node", "add",       name, "--title",     "Manchester",   "--base-unit",
                                   "GBP",  "--country", "GB", "--time-zone", "Europe/London"};
    words.insert(words.end(), more.begin(), more.end());
    return run(std::move(words));
  }
};

TEST_F(NodeCommands, MakeANodeWithTheAccountsOfAChart) {
  const Ran made = add(
      "mcr", {"--fiscal-year-start", "04-06", "--chart", "association", "--unit", "GBP", "--unit", "EUR"});
  EXPECT_EQ(made.code, 0) << made.err;
  EXPECT_EQ(made.out.find("mcr  GBP  GB  Europe/London  year from 04-06  Manchester\n"), 0u) << made.out;
  EXPECT_NE(made.out.find(" accounts of association are open from 20"), std::string::npos) << made.out;
  EXPECT_EQ(operate("PUT", "/v1/nodes/mcr/roles/tess/treasurer").status, 200);
  for (const std::string unit : {"GBP", "EUR"})
    EXPECT_GT(get("/v1/nodes/mcr/accounts?unit=" + unit).json().at("items").as_array().size(), 5u);
  EXPECT_EQ(get("/v1/nodes/mcr").json().at("fiscal_year_start").at("month").as_int64(), 4);
}

TEST_F(NodeCommands, OpenAChartInTheBaseUnitWhereNoneIsNamed) {
  EXPECT_EQ(add("mcr", {"--chart", "association"}).code, 0);
  EXPECT_EQ(operate("PUT", "/v1/nodes/mcr/roles/tess/treasurer").status, 200);
  const boost::json::value accounts = get("/v1/nodes/mcr/accounts").json();
  for (const auto& account : accounts.at("items").as_array())
    EXPECT_EQ(account.at("unit").as_string(), "GBP");
}

TEST_F(NodeCommands, OpenAChartFromTheDayThatIsNamed) {
  const Ran made = add("mcr", {"--chart", "association", "--opened-on", "2024-04-06"});
  EXPECT_EQ(made.code, 0) << made.err;
  EXPECT_NE(made.out.find(" accounts of association are open from 2024-04-06 on\n"), std::string::npos)
      << made.out;
  EXPECT_EQ(operate("PUT", "/v1/nodes/mcr/roles/tess/treasurer").status, 200);
  const ApiAnswer moved =
      post("/v1/nodes/mcr/chart", R"({"template":"association","units":["GBP"],"opened_on":"2023-04-06"})");
  EXPECT_EQ(moved.text("opened"), "0") << moved.body;
  EXPECT_EQ(moved.text("opened_earlier"), moved.text("existed"));
  const boost::json::value accounts = get("/v1/nodes/mcr/accounts").json();
  const std::string path{accounts.at("items").at(0).at("path").as_string()};
  EXPECT_EQ(accounts.at("items").at(0).at("opened_on").as_string(), "2023-04-06");
  const auto open_from = [&](const char* day) {
    return send("PATCH", "/v1/nodes/mcr/accounts/" + path,
                {.body = R"({"opened_on":")" + std::string{day} + "\"}"});
  };
  EXPECT_EQ(open_from("2022-04-06").text("opened_on"), "2022-04-06");
  EXPECT_EQ(open_from("2022-04-07").code(), "field_invalid");
}

TEST_F(NodeCommands, OpenAnAccountAndListWhatLiesBelowAPath) {
  add_user("eva", {access::Role::treasurer}, command_password);
  const std::string open =
      "account open bcn expenses:shared:server --type expense --title Server "
      "--from 2026-01-01 --csv --user eva";
  const Ran opened = run_with_line(command_password, open);
  EXPECT_NE(opened.out.find("expenses:shared:server,Server,expense,2026-01-01"), std::string::npos)
      << opened.out << opened.err;
  EXPECT_NE(run_with_line(command_password, open).err.find("account_exists"), std::string::npos);
  EXPECT_NE(run({"account", "list", "bcn"}).out.find("expenses:shared:server"), std::string::npos);
  const std::string below = run({"account", "list", "bcn", "--below", "income", "--csv"}).out;
  EXPECT_NE(below.find("income:dues"), std::string::npos) << below;
  EXPECT_EQ(below.find("expenses:"), std::string::npos) << below;
  EXPECT_EQ(run({"account", "list", "bcn", "--unit", "EUR", "--csv"}).code, 0);
}

TEST_F(NodeCommands, ListNodesByName) {
  EXPECT_EQ(add("aaa").out, "aaa  GBP  GB  Europe/London  year from 01-01  Manchester\n");
  const std::string nodes = run({"node", "list"}).out;
  EXPECT_EQ(nodes.find("aaa  GBP  GB  Europe/London"), 0u) << nodes;
  EXPECT_NE(nodes.find("\nbcn  EUR  "), std::string::npos) << nodes;
}

TEST_F(NodeCommands, MakeNothingOfWhatIsWrong) {
  EXPECT_NE(add("bcn").err.find("node_exists"), std::string::npos);
  EXPECT_EQ(add("Mcr").code, 1);
  EXPECT_EQ(add("mcr", {"--chart", "nothing"}).code, 1);
  EXPECT_EQ(add("mcr", {"--chart", "association", "--unit", "NOPE"}).code, 1);
  EXPECT_EQ(add("mcr", {"--unit", "EUR"}).code, 1) << "units of no chart";
  EXPECT_EQ(add("mcr", {"--opened-on", "2026-01-01"}).code, 1) << "a day of no chart";
  EXPECT_EQ(add("mcr", {"--chart", "association", "--opened-on", "2026-02-30"}).code, 1);
  for (const char* start : {"4-6", "0406", "13-01", "04-31", "00-01", "04-0x", ""})
    EXPECT_EQ(add("mcr", {"--fiscal-year-start", start}).code, 1) << start;
  EXPECT_EQ(run({"node", "add", "mcr"}).code, 2) << "what must be said is not";
  EXPECT_EQ(run({"node"}).code, 2);
  EXPECT_EQ(operate("GET", "/v1/nodes/mcr").code(), "node_unknown");
  EXPECT_NE(run({"export", "mcr"}).err.find("`coopledger node list`"), std::string::npos);
}

}  // namespace
}  // namespace coop::test
