#include "ledger/dues/notice.hpp"
#include "ledger/dues/notice_words.hpp"
#include "ledger/dues/qr_code.hpp"
#include "ledger/values/markup.hpp"

namespace coop::dues {

namespace {

constexpr std::string_view style = R"css(:root { color-scheme: light; }
* { box-sizing: border-box; }
body { background: #fff; color: #111; font: 11pt/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 46rem;
  padding: 1.5rem 1.25rem 3rem; }
header { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; }
header p, address { font-style: normal; margin: 0; }
.from { text-align: right; }
.from strong { font-size: 1.15em; }
h1 { font-size: 1.5em; margin: 1.75rem 0 .25rem; }
h2 { font-size: 1.1em; margin: 0 0 .5rem; }
table { border-collapse: collapse; width: 100%; }
caption { font-weight: 600; padding-bottom: .35rem; text-align: left; }
th, td { border-bottom: 1px solid #bbb; padding: .35rem 0 .35rem .75rem; text-align: left;
  vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
.amount { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
tfoot th, tfoot td { border-bottom: 3px double #111; font-weight: 700; }
.request { font-size: 1.1em; font-weight: 600; margin: 1.5rem 0; }
.pay { border: 1px solid #111; border-radius: .5rem; break-inside: avoid; display: flex; flex-wrap: wrap;
  gap: 1.25rem; padding: 1rem; }
.pay figure { margin: 0; width: 42mm; }
.pay figcaption { font-size: .85em; }
.pay svg { display: block; height: 42mm; width: 42mm; }
.form { flex: 1 1 18rem; }
.form td { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
@page { margin: 18mm; }
@media print { body { max-width: none; padding: 0; } }
)css";

std::string escaped(std::string_view text) { return markup_escaped(text); }

void add_lines(std::string& out, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) out += "<br>" + escaped(line);
}

void add_head(std::string& out, const Notice& notice) {
  out += "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<title>Dues of " + escaped(notice.member_number) + ", " + escaped(notice.node_title) + "</title>\n";
  out += "<style>\n" + std::string{style} + "</style>\n</head>\n<body>\n<header>\n";
  out += "<address>" + escaped(notice.member_name);
  add_lines(out, notice.member_lines);
  out += "</address>\n<p class=\"from\"><strong>" + escaped(notice.node_title) + "</strong>";
  add_lines(out, notice.node_lines);
  out += "</p>\n</header>\n<main>\n<h1>Your dues</h1>\n<p>Member " + escaped(notice.member_number) + " · " +
         day_in_words(notice.noticed_on) + "</p>\n";
}

void add_table(std::string& out, const Notice& notice) {
  out += "<table>\n<caption>What this is for</caption>\n<thead><tr><th scope=\"col\">For</th>";
  out += "<th scope=\"col\" class=\"amount\">Amount</th></tr></thead>\n<tbody>\n";
  for (const NoticeLine& line : notice.lines) {
    out += "<tr><td>" + escaped(line.text) + "</td><td class=\"amount\">" +
           escaped(amount_in_words(notice, line.amount_minor)) + "</td></tr>\n";
  }
  out += "</tbody>\n<tfoot><tr><th scope=\"row\">Total</th><td class=\"amount\">" +
         escaped(amount_in_words(notice, total_of(notice))) + "</td></tr></tfoot>\n</table>\n";
  out += "<p class=\"request\">" + escaped(request_of(notice)) + "</p>\n";
}

void add_payment(std::string& out, const Notice& notice) {
  const auto form = transfer_form_of(notice);
  if (form.empty()) return;
  out += "<section class=\"pay\" aria-labelledby=\"pay\">\n";
  if (const std::optional<EpcPayment> payment = code_payment_of(notice)) {
    const QrCode code = QrCode::of(epc_payload(*payment));
    out += "<figure>\n" + code.svg("QR code with the payment that the table beside describes");
    out +=
        "<figcaption>Scan this with your bank's app: it fills in the transfer, you check and send it."
        "</figcaption>\n</figure>\n";
  }
  out += "<div class=\"form\">\n<h2 id=\"pay\">Paying without a camera</h2>\n<table>\n";
  out += "<caption>Type this into your bank's form</caption>\n<tbody>\n";
  for (const auto& [name, value] : form)
    out += "<tr><th scope=\"row\">" + escaped(name) + "</th><td>" + escaped(value) + "</td></tr>\n";
  out +=
      "</tbody>\n</table>\n<p>The reference alone says that the payment is yours: it replaces any other "
      "text.</p>\n</div>\n</section>\n";
}

}  // namespace

std::string notice_html(const Notice& notice) {
  std::string out;
  add_head(out, notice);
  add_table(out, notice);
  add_payment(out, notice);
  for (const std::string& paragraph : notice.paragraphs) out += "<p>" + escaped(paragraph) + "</p>\n";
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace coop::dues
