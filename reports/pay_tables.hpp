#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/disbursements/disbursement.hpp"
#include "ledger/pay/claim.hpp"
#include "ledger/pay/pay_division.hpp"
#include "ledger/pay/pay_run.hpp"
#include "ledger/pay/tariff.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// What an hour is worth, a row for each tariff; no amount: it ends one.
Table table_of_tariffs(const ReportNode& node, const std::vector<pay::Tariff>& listed);

/// Pay runs, a row each. `next` is the cursor of the next page, here and below.
Table table_of_pay_runs(const ReportNode& node, const std::vector<pay::PayRunSummary>& listed,
                        const std::optional<std::string>& next);

/// A pay run, a row for each member with the words that explain it; in total what is paid and deferred.
Table table_of_pay_run(const ReportNode& node, const pay::PayRun& run,
                       const std::optional<pay::PayExplanation>& explained);

/// What one member gets by a run: the figures as facts, and a row for each line of the explanation.
Table table_of_payslip(const ReportNode& node, const pay::PayRun& run, const pay::PayShare& share,
                       const std::vector<std::string>& words);

/// Somebody whom the payment of a run leaves out. Minor units of EUR.
struct LeftOut {
  std::string member;
  std::int64_t minor;
  std::string why;
};
/// The payment of a run that was proposed: a row for each member with what was ordered, or why nothing was.
Table table_of_pay_payment(const ReportNode& node, pay::PayRunNumber run,
                           const disbursements::Disbursement& proposed, const std::vector<LeftOut>& left_out);

/// The register of deferred claims, a row each, with their age on a day.
Table table_of_claims(const ReportNode& node, const std::vector<pay::DeferredClaim>& claims, Day on,
                      std::optional<Instant> known_at, const std::optional<std::string>& next);

/// What arose, was settled and lapsed by quarters, for everybody to read: it names nobody.
Table table_of_claim_quarters(const ReportNode& node, const Viewpoint& viewpoint,
                              const std::vector<pay::ClaimQuarter>& quarters);

}  // namespace coop::reports
