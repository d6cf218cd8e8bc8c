#include "ledger/statements/file_words.hpp"

#include "ledger/values/word_table.hpp"

namespace coop::statements {

namespace {

constexpr WordTable<FileKind, 8> kinds{{{FileKind::camt052, "camt052"},
                                        {FileKind::camt053, "camt053"},
                                        {FileKind::camt054, "camt054"},
                                        {FileKind::mt940, "mt940"},
                                        {FileKind::mt942, "mt942"},
                                        {FileKind::ofx, "ofx"},
                                        {FileKind::qif, "qif"},
                                        {FileKind::csv, "csv"}}};

constexpr WordTable<Purpose, 3> purposes{
    {{Purpose::booked, "booked"}, {Purpose::interim, "interim"}, {Purpose::details, "details"}}};

constexpr WordTable<LineStatus, 3> statuses{{{LineStatus::booked, "booked"},
                                             {LineStatus::pending, "pending"},
                                             {LineStatus::information, "information"}}};

constexpr WordTable<Proof, 4> proofs{{{Proof::holds, "holds"},
                                      {Proof::flipped, "flipped"},
                                      {Proof::contradicts, "contradicts"},
                                      {Proof::unprovable, "unprovable"}}};

constexpr WordTable<Joint, 4> joints{
    {{Joint::first, "first"}, {Joint::follows, "follows"}, {Joint::gap, "gap"}, {Joint::unknown, "unknown"}}};

constexpr WordTable<CsvDays, 3> orders_of_days{{{CsvDays::year_first, "year_first"},
                                                {CsvDays::day_month, "day_month"},
                                                {CsvDays::month_day, "month_day"}}};

constexpr WordTable<CsvSigns, 6> layouts_of_signs{
    {{CsvSigns::signed_amount, "signed_amount"},
     {CsvSigns::inverse_amount, "inverse_amount"},
     {CsvSigns::debit_and_credit, "debit_and_credit"},
     {CsvSigns::signed_debit_and_credit, "signed_debit_and_credit"},
     {CsvSigns::flagged, "flagged"},
     {CsvSigns::mirrored, "mirrored"}}};

}  // namespace

std::string_view text_of(FileKind kind) { return text_among(kinds, kind); }
FileKind file_kind_from(std::string_view text) { return word_among(kinds, text); }
std::string_view text_of(Purpose purpose) { return text_among(purposes, purpose); }
Purpose purpose_from(std::string_view text) { return word_among(purposes, text); }
std::string_view text_of(LineStatus status) { return text_among(statuses, status); }
LineStatus line_status_from(std::string_view text) { return word_among(statuses, text); }
std::string_view text_of(Proof proof) { return text_among(proofs, proof); }
Proof proof_from(std::string_view text) { return word_among(proofs, text); }
std::string_view text_of(Joint joint) { return text_among(joints, joint); }
std::string_view text_of(CsvDays days) { return text_among(orders_of_days, days); }
CsvDays csv_days_from(std::string_view text) { return word_among(orders_of_days, text); }
std::string_view text_of(CsvSigns signs) { return text_among(layouts_of_signs, signs); }
CsvSigns csv_signs_from(std::string_view text) { return word_among(layouts_of_signs, text); }

}  // namespace coop::statements
