#pragma once
#include <functional>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/journals/native_row.hpp"

namespace coop::journals {

/// The rows of a kind that belong to the things of its room numbered above `after`, up to `through`, in the
/// order of their keys, one by one.
void read_native_rows(Tx& tx, NodeId node, const RowKind& kind, int after, int through,
                      const std::function<void(const NativeRow&)>& take);
/// The highest number of anything that rows of this kind belong to, or a higher one; 0 if there is nothing.
int last_of_native_rows(Tx& tx, NodeId node, const RowKind& kind);
/// Begins to keep the parts of banks' files until the files are written, in the transaction of a restore.
void begin_restored_files(Tx& tx);
/// Writes rows of one kind as they were, in one statement. Users must exist.
void insert_restored_rows(Tx& tx, NodeId node, const RowKind& kind, const std::vector<NativeRow>& lines);

/// Works out how every debtor stands, from the charges and payments that were written.
void insert_restored_debtors(Tx& tx, NodeId node);

}  // namespace coop::journals
