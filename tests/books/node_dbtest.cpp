#include "ledger/books/chain.hpp"
#include "tests/support/test_books.hpp"

namespace coop::books {
namespace {

using test::refusal_of;

class Nodes : public test::BooksTest {
 protected:
  NodeDraft node_draft(const std::string& name = "mcr") const {
    return {name, "Manchester", "GBP", "GB", "Europe/London", {4, 6}};
  }
  Node make(const NodeDraft& asked) {
    return db().in_tx([&](Tx& tx) { return make_node(tx, asked, author()); });
  }
  Draft dues() const { return draft("2026-01-31", {{"assets:bank", "12.00"}, {"income:dues", "-12.00"}}); }
};

TEST_F(Nodes, AreMadeWithEmptyBooks) {
  const Node made = make(node_draft());
  const Node read = db().in_snapshot([](Tx& tx) { return read_node(tx, "mcr"); });
  EXPECT_EQ(read.id, made.id);
  EXPECT_EQ(read.title, "Manchester");
  EXPECT_EQ(read.country, "GB");
  EXPECT_EQ(read.time_zone, "Europe/London");
  EXPECT_EQ(read.fiscal_start.month, 4u);
  EXPECT_EQ(read.fiscal_start.day, 6u);
  const std::string of_node = " WHERE node_id = " + std::to_string(made.id.number());
  EXPECT_EQ(superuser_value("SELECT last_number FROM book_head" + of_node), "0");
  EXPECT_EQ(superuser_value("SELECT encode(last_hash, 'hex') FROM book_head" + of_node),
            hex_of(first_link_of("mcr")));
  EXPECT_EQ(superuser_value("SELECT kind FROM event" + of_node), "node_made");
}

TEST_F(Nodes, AreListedByName) {
  make(node_draft("mcr"));
  make(node_draft("got"));
  std::vector<std::string> names;
  for (const Node& node : db().in_snapshot([](Tx& tx) { return read_nodes(tx); })) names.push_back(node.name);
  EXPECT_EQ(names, (std::vector<std::string>{"bcn", "got", "mcr"}));
}

TEST_F(Nodes, AreRefusedWithTheFirstFaultOfTheirDraft) {
  const auto code = [&](auto&& change) {
    NodeDraft broken = node_draft();
    change(broken);
    return refusal_of([&] { make(broken); });
  };
  EXPECT_EQ(code([](NodeDraft& d) { d.name = "Mcr"; }), "name_malformed");
  EXPECT_EQ(code([](NodeDraft& d) { d.name = ""; }), "name_malformed");
  EXPECT_EQ(code([](NodeDraft& d) { d.name = "1mcr"; }), "name_malformed");
  EXPECT_EQ(code([](NodeDraft& d) { d.name = std::string(32, 'm'); }), "name_malformed");
  EXPECT_EQ(code([](NodeDraft& d) { d.title = ""; }), "field_invalid");
  EXPECT_EQ(code([](NodeDraft& d) { d.title = std::string(201, 'x'); }), "field_invalid");
  EXPECT_EQ(code([](NodeDraft& d) { d.country = "gb"; }), "field_invalid");
  EXPECT_EQ(code([](NodeDraft& d) { d.fiscal_start = {13, 1}; }), "field_invalid");
  EXPECT_EQ(code([](NodeDraft& d) { d.fiscal_start = {2, 29}; }), "field_invalid");
  EXPECT_EQ(code([](NodeDraft& d) { d.time_zone = "Europe/Atlantis"; }), "name_malformed");
  EXPECT_EQ(code([](NodeDraft& d) { d.base_unit = "XYZ"; }), "unit_unknown");
  EXPECT_EQ(code([](NodeDraft& d) { d.name = "bcn"; }), "node_exists");
  EXPECT_EQ(code([](NodeDraft&) {}), "");
}

TEST_F(Nodes, AreUnknownUnderAnotherName) {
  EXPECT_EQ(refusal_of([&] { db().in_snapshot([](Tx& tx) { return read_node(tx, "nowhere"); }); }),
            "node_unknown");
  EXPECT_EQ(refusal_of([&] { db().in_tx([&](Tx& tx) { return change_node(tx, "nowhere", {}, author()); }); }),
            "node_unknown");
}

TEST_F(Nodes, ChangeTitleCountryAndTimeZoneButNotTheirName) {
  const Node changed = db().in_tx([&](Tx& tx) {
    return change_node(tx, "bcn", {"Barcelona and around", "FR", "Europe/Paris"}, author());
  });
  EXPECT_EQ(changed.title, "Barcelona and around");
  const Node read = db().in_snapshot([](Tx& tx) { return read_node(tx, "bcn"); });
  EXPECT_EQ(read.title, "Barcelona and around");
  EXPECT_EQ(read.country, "FR");
  EXPECT_EQ(read.time_zone, "Europe/Paris");
  EXPECT_EQ(refusal_of([&] { db().in_tx([&](Tx& tx) { return change_node(tx, "bcn", {""}, author()); }); }),
            "field_invalid");
  EXPECT_THROW(superuser_sql("UPDATE node SET name = 'other' WHERE name = 'bcn'"), test::SqlFailed);
}

TEST_F(Nodes, KeepTheirBooksApart) {
  open("assets:bank");
  open("income:dues");
  record(dues());
  const NodeId first = node();
  use_node("mcr");
  const auto refused = post({dues()});
  EXPECT_EQ(test::codes_of(refused), std::vector<std::string>{"account_unknown"});
  open("assets:bank");
  open("income:dues");
  EXPECT_EQ(record(dues()).number, EntryNumber{1});
  use(first);
  EXPECT_EQ(record(dues()).number, EntryNumber{2});
}

}  // namespace
}  // namespace coop::books
