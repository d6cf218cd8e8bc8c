#include "api/handlers/pages.hpp"

#include "api/handlers/handlers.hpp"
#include "ledger/values/markup.hpp"

namespace coop::api {

namespace {

constexpr std::string_view style =
    R"css(:root { color-scheme: light dark; --line: #8885; --soft: #8882; --link: #0a5c8a; }
@media (prefers-color-scheme: dark) { :root { --link: #7cc4ee; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
header { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; padding-bottom: .5rem; }
header a { margin-right: 1rem; }
header a:first-child { font-weight: 700; }
h1 { font-size: 1.6rem; margin: 1rem 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { background: var(--soft); border-radius: .4rem; overflow-x: auto; padding: .75rem 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .75rem .3rem 0; text-align: left;
  vertical-align: top; }
th { font-weight: 600; }
dt { font-weight: 600; margin-top: .75rem; }
dd { margin: 0; }
.n { text-align: right; white-space: nowrap; }
.sum { font-size: 1.15rem; }
@media print { header { display: none; } body { max-width: none; padding: 0; } }
)css";

}  // namespace

bool wants_page(const Call& call) {
  return call.request.header("accept").value_or(std::string_view{}).find("text/html") !=
         std::string_view::npos;
}

Answer page(std::string_view title, std::string_view body) {
  std::string text = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>)html";
  text += markup_escaped(title);
  text += R"html(</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">CoopLedger</a><a href="/v1">Addresses</a><a href="/v1/problems">Problems</a></header>
<main>
)html";
  text += body;
  text += "</main>\n</body>\n</html>\n";
  return content("text/html; charset=utf-8", std::move(text));
}

Answer varying(Answer answer) {
  answer.headers.emplace_back("Vary", "Accept");
  return answer;
}

Answer show_style(const Call&, Services&) { return content("text/css; charset=utf-8", std::string{style}); }

}  // namespace coop::api
