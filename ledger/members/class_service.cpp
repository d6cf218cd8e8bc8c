#include "ledger/members/class_service.hpp"

#include <boost/json.hpp>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

using books::Author;
using books::BookHead;
using books::tell;

void require_title(const std::string& title) {
  if (title.empty() || title.size() > 200)
    throw Refused{Refusal::field_invalid, "a title has 1 to 200 bytes", "/title"};
}

}  // namespace

MemberClass add_class(Tx& tx, NodeId node, const std::string& code, const std::string& title,
                      const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  require_class_code(code);
  require_title(title);
  if (find_class(tx, node, code))
    throw Refused{Refusal::class_exists, "there is a class '" + code + "' already", "/code"};
  const Instant at = books::next_recorded_at(head, author.now);
  const ClassId id = insert_class(tx, node, code, title, at, author.user);
  tell(tx, head, at, "class_added", {{"class", code}, {"title", title}});
  return {id, code, title, {}};
}

MemberClass rename_class(Tx& tx, NodeId node, std::string_view code, const std::string& title,
                         const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  MemberClass renamed = read_class(tx, node, code);
  require_title(title);
  renamed.title = title;
  update_class_title(tx, node, renamed.id, title);
  tell(tx, head, author, "class_renamed", {{"class", renamed.code}, {"title", title}});
  return renamed;
}

AdoptedRule adopt_rule(Tx& tx, NodeId node, std::string_view code, const ClassRule& rule,
                       const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  const MemberClass of = read_class(tx, node, code);
  require_class_rule(rule);
  const Instant at = books::next_recorded_at(head, author.now);
  const int number = insert_class_rule(tx, node, of.id, rule, at, author.user);
  tell(tx, head, at, "class_rule_adopted",
       {{"class", of.code}, {"rule", number}, {"from_on", rule.from_on.text()}, {"decision", rule.decision}});
  return {number, rule, at};
}

}  // namespace coop::members
