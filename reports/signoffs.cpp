#include "reports/signoffs.hpp"

#include "ledger/values/markup.hpp"

namespace coop::reports {

namespace {

struct Said {
  std::string title;
  std::string words;
};

// What is said below the statement.
std::vector<Said> said_of(const bank::Signoff& signoff, const std::vector<bank::SignedChange>& changes) {
  std::vector<Said> all;
  if (!signoff.explanation.empty()) all.push_back({"The difference", signoff.explanation});
  all.push_back({"Signed", signoff.signer + ", " + coop::text_of(signoff.recorded_at)});
  for (const bank::Countersignature& other : signoff.countersignatures)
    all.push_back({"Countersigned", other.user + ", " + coop::text_of(other.recorded_at)});
  if (!signoff.is_live) all.push_back({"Withdrawn", signoff.end_reason});
  if (!changes.empty()) all.push_back({"Since changed by", bank::words_of(changes)});
  all.push_back({"Last entry then", std::to_string(signoff.last_entry)});
  all.push_back({"SHA-256 of the statement", signoff.hash});
  return all;
}

std::string title_of(const bank::Signoff& signoff) {
  return "Signature " + std::to_string(signoff.number.number()) + ": " + signoff.path + " as of " +
         signoff.as_of.text();
}

constexpr std::string_view style = R"css(body { background: #fff; color: #111; font: 11pt/1.45 sans-serif;
  margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
pre { font: 9.5pt/1.35 ui-monospace, monospace; overflow-x: auto; }
th, td { border-bottom: 1px solid #bbb; padding: .35rem .75rem .35rem 0; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
@page { margin: 18mm; }
)css";

}  // namespace

Table table_of_signoffs(const ReportNode& node, const std::vector<bank::Signoff>& signoffs,
                        const std::function<Unit(UnitId)>& unit_of, const std::optional<std::string>& next) {
  Table table{"signoffs", "Signed reconciliations", {}, {}, {}, next};
  add_node(table, node);
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"account", "Account", ColumnKind::text},
                   {"as_of", "As of", ColumnKind::day},
                   {"signed_by", "Signed by", ColumnKind::text},
                   {"countersigned", "Countersigned", ColumnKind::number},
                   {"unit", "", ColumnKind::text},
                   {"books", "Books", ColumnKind::amount},
                   {"bank", "Bank", ColumnKind::amount},
                   {"unexplained", "Difference", ColumnKind::amount},
                   {"withdrawn", "Withdrawn", ColumnKind::text, 40},
                   {"hash", "SHA-256", ColumnKind::text, 0, false}};
  for (const bank::Signoff& one : signoffs) {
    const Unit unit = unit_of(one.unit);
    const auto amount = [&unit](std::int64_t minor) { return Amount{minor, unit.scale, unit.code}; };
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.number.number()}, one.path, one.as_of, one.signer,
          static_cast<std::int64_t>(one.countersignatures.size()), unit.code, amount(one.figures.books_minor),
          one.figures.bank_minor ? Cell{amount(*one.figures.bank_minor)} : Cell{},
          amount(one.figures.difference_minor), one.is_live ? Cell{} : Cell{one.end_reason}, one.hash}});
  }
  return table;
}

std::string signoff_text(const bank::Signoff& signoff, const std::vector<bank::SignedChange>& changes) {
  std::string text = title_of(signoff) + "\n\n" + signoff.figures.text + "\n";
  for (const Said& said : said_of(signoff, changes)) text += said.title + ": " + said.words + "\n";
  return text;
}

std::string signoff_html(const bank::Signoff& signoff, const std::vector<bank::SignedChange>& changes) {
  const std::string title = markup_escaped(title_of(signoff));
  std::string html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
                     title + "</title>\n<style>\n" + std::string{style} +
                     "</style>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n<pre>" +
                     markup_escaped(signoff.figures.text) +
                     "</pre>\n<table>\n<caption>Signatures</caption>\n<tbody>\n";
  for (const Said& said : said_of(signoff, changes))
    html += "<tr><th scope=\"row\">" + markup_escaped(said.title) + "</th><td>" + markup_escaped(said.words) +
            "</td></tr>\n";
  return html + "</tbody>\n</table>\n</main>\n</body>\n</html>\n";
}

}  // namespace coop::reports
