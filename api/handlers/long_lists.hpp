#pragma once
#include <functional>
#include <optional>
#include <string>

#include "api/answer.hpp"
#include "api/call.hpp"
#include "api/handlers/report_query.hpp"
#include "ledger/database/tx.hpp"
#include "reports/table.hpp"

namespace coop::api {

/// True if ?limit= or ?cursor= asks for one page. Without them CSV and NDJSON hold the whole list.
bool asks_for_page(const Call& call);

/// Adds the address of the next page as the header `Link: <…>; rel="next"`, for forms that hold no `next`.
Answer with_next_page(Answer answer, const Call& call, const std::optional<std::string>& next);

/// Reads a page of a list as a table.
using ReadTable = std::function<reports::Table(Tx& tx, const Page& page)>;

/// The list as JSON or text, a page; as CSV whole, or a page where one is asked for. Whole lists are read
/// `rows_at_once` at a time; what the first page is refused for is refused before anything is answered.
Answer list_answer(const Call& call, Services& services, const Page& page, int rows_at_once, ReadTable read);

/// Entries with their postings, a row each, as list_answer() answers them.
Answer journal_answer(const Call& call, Services& services, const reports::EntryFilter& filter,
                      reports::EntryOrder order);

}  // namespace coop::api
