#include "ledger/dues/notice.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <pugixml.hpp>

#include "ledger/dues/creditor_reference.hpp"
#include "ledger/dues/notice_words.hpp"
#include "ledger/dues/qr_code.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/generated_page.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::dues {
namespace {

using test::refusal_code;

Notice sample() {
  return {.node_title = "Rivers Co-op",
          .node_lines = {"Carrer del Riu 7, 08001 Barcelona", "treasurer@rivers.example"},
          .member_number = "M0042",
          .member_name = "Aimée Müller",
          .member_lines = {"Rue Haute 12", "1000 Brussels", "Belgium"},
          .noticed_on = Day::parse("2026-12-01"),
          .due_on = Day::parse("2026-12-15"),
          .unit_code = "EUR",
          .unit_scale = 2,
          .lines = {{"Worker membership, December 2026", 2500},
                    {"Worker membership, November 2026, what is left of it after part of it was paid on "
                     "12 November 2026",
                     1000},
                    {"Credit from October", -250}},
          .route = PaymentRoute{"Rivers Co-op SCCL",
                                Iban::parse("BE68539007547034"),
                                {},
                                reference_of_member(ReferenceKind::creditor, "M0042")},
          .paragraphs = {
              "If this is too much for you at the moment, write to the treasurer: instalments, a pause "
              "or the solidarity price can be agreed, and nobody else is told.",
              "You may pay for several members at once: put each reference into the text."}};
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(DuesNoticePage, IsWhatTheGuidesShow) {
  EXPECT_TRUE(page_is("docs/guides/dues-notice.html", notice_html(sample())));
  EXPECT_TRUE(page_is("docs/guides/dues-notice.txt", notice_text(sample())));
}

TEST(Notice, AsksForTheSumOfItsLinesByTheDay) {
  EXPECT_EQ(total_of(sample()), 3250);
  EXPECT_EQ(request_of(sample()), "Please pay 32.50 EUR by 15 December 2026.");
  Notice notice = sample();
  notice.due_on.reset();
  EXPECT_EQ(request_of(notice), "Please pay 32.50 EUR.");
  notice.lines = {{"a", INT64_MAX}, {"b", 1}};
  EXPECT_EQ(refusal_code([&] { total_of(notice); }), "amount_overflow");
}

TEST(Notice, AsksForNothingWhereNothingIsOwed) {
  Notice notice = sample();
  notice.lines = {{"Dues", 500}, {"Credit", -500}};
  EXPECT_EQ(request_of(notice), "There is nothing to pay.");
  notice.lines = {{"Credit", -550}};
  EXPECT_EQ(request_of(notice), "There is nothing to pay: 5.50 EUR are left to your credit.");
  for (const std::string& text : {notice_html(notice), notice_text(notice)}) {
    EXPECT_FALSE(holds(text, "BE68")) << text;
    EXPECT_FALSE(holds(text, "BCD")) << text;
  }
  EXPECT_FALSE(code_payment_of(notice));
  notice.lines.clear();
  EXPECT_EQ(request_of(notice), "There is nothing to pay.");
}

TEST(Notice, ShowsTheCodeOfExactlyWhatItAsksFor) {
  const std::optional<EpcPayment> payment = code_payment_of(sample());
  ASSERT_TRUE(payment);
  EXPECT_EQ(epc_payload(*payment),
            "BCD\n002\n1\nSCT\n\nRivers Co-op SCCL\nBE68539007547034\nEUR32.50\n\nRF23M0042");
  const std::string svg =
      QrCode::of(epc_payload(*payment)).svg("QR code with the payment that the table beside describes");
  EXPECT_TRUE(holds(notice_html(sample()), svg));
  EXPECT_TRUE(holds(notice_text(sample()), "\n" + epc_payload(*payment) + "\n"));
}

TEST(Notice, ShowsNoCodeWhereNoneIsPossible) {
  const auto without_code = [](auto change) {
    Notice notice = sample();
    change(notice);
    const std::string html = notice_html(notice);
    return !code_payment_of(notice) && !holds(html, "<svg") && holds(html, "Paying without a camera");
  };
  EXPECT_TRUE(without_code([](Notice& n) { n.unit_code = "GBP"; }));
  EXPECT_TRUE(without_code([](Notice& n) { n.unit_scale = 3; }));
  EXPECT_TRUE(without_code([](Notice& n) { n.route->account_holder = std::string(71, 'x'); }));
  EXPECT_TRUE(without_code([](Notice& n) { n.route->iban = Iban::parse("CH9300762011623852957"); }));
  Notice cash = sample();
  cash.route.reset();
  EXPECT_FALSE(holds(notice_html(cash), "class=\"pay\""));
  EXPECT_TRUE(holds(notice_html(cash), "Please pay 32.50 EUR by 15 December 2026."));
}

TEST(Notice, TellsThoseWithoutACameraWhatToType) {
  Notice notice = sample();
  notice.route->bic = Bic::parse("BPOTBEB1");
  const std::vector<std::pair<std::string, std::string>> form{{"To", "Rivers Co-op SCCL"},
                                                              {"Account (IBAN)", "BE68 5390 0754 7034"},
                                                              {"Bank (BIC)", "BPOTBEB1"},
                                                              {"Amount", "32.50 EUR"},
                                                              {"Reference", "RF23 M004 2"}};
  EXPECT_EQ(transfer_form_of(notice), form);
  for (const auto& [name, value] : form) {
    EXPECT_TRUE(holds(notice_html(notice), "<th scope=\"row\">" + name + "</th><td>" + value + "</td>"));
    EXPECT_TRUE(holds(notice_text(notice), value)) << value;
  }
}

TEST(Notice, FoldsLongLinesOfText) {
  const std::string text = notice_text(sample());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(characters_of(text.substr(at, end - at)), 72u) << text.substr(at, end - at);
    at = end + 1;
  }
}

/// Every place that holds text, filled with the same hostile one.
Notice filled_with(const std::string& text) {
  Notice notice = sample();
  notice.node_title = notice.member_number = notice.member_name = notice.unit_code = text;
  notice.node_lines = notice.member_lines = notice.paragraphs = {text};
  notice.lines = {{text, 100}};
  notice.route->account_holder = text;
  return notice;
}

/// The page as a tree: its void elements closed.
pugi::xml_document tree_of(std::string html) {
  html.erase(0, std::string_view{"<!doctype html>\n"}.size());
  for (const std::string name : {"<meta", "<br"}) {
    for (std::size_t at = 0; (at = html.find(name, at)) != std::string::npos; ++at)
      html.insert(html.find('>', at), "/");
  }
  pugi::xml_document document;
  const auto result = document.load_string(html.c_str());
  EXPECT_TRUE(result) << result.description() << " at "
                      << html.substr(static_cast<std::size_t>(result.offset));
  return document;
}

std::vector<std::string> elements_of(const pugi::xml_node& node) {
  std::vector<std::string> names;
  for (const pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    names.emplace_back(child.name());
    for (std::string& name : elements_of(child)) names.push_back(std::move(name));
  }
  return names;
}

TEST(Notice, IsAWellFormedPage) { EXPECT_GT(elements_of(tree_of(notice_html(sample()))).size(), 40u); }

TEST(Notice, NeverTakesAStrangersTextForMarkup) {
  const auto plain = elements_of(tree_of(notice_html(filled_with("x"))));
  for (const std::string text : {"<script>alert(1)</script>", "\"><img src=x onerror=y>", "'</style><b>",
                                 "&lt;b>", "]]>", "<!--", "a & b", "\x01\x02<"}) {
    const std::string html = notice_html(filled_with(text));
    EXPECT_EQ(elements_of(tree_of(html)), plain) << text;
    EXPECT_FALSE(holds(html, "<script") || holds(html, "<img") || holds(html, "<b>")) << text;
  }
}

RC_GTEST_PROP(Notice, IsEscapedWhateverItSays, ()) {
  const auto text = *rc::gen::container<std::string>(
      rc::gen::element('<', '>', '&', '"', '\'', '/', '-', '!', 'b', ' ', '\n', '\x07'));
  const auto plain = elements_of(tree_of(notice_html(filled_with("x"))));
  const std::string html = notice_html(filled_with(text));
  RC_ASSERT(elements_of(tree_of(html)) == plain);
  RC_ASSERT(notice_text(filled_with(text)).find('\x07') == std::string::npos);
}

}  // namespace
}  // namespace coop::dues
