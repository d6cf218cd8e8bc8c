#include "ledger/proof/proof_service.hpp"

#include "tests/support/damaged_books.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::proof {
namespace {

class ProofsOfBooks : public test::DamagedBooks {
 protected:
  static std::string refused(const std::string& address, const char* node, int first, int last) {
    const DatabaseSettings database{.address = address, .role = "coopledger_service"};
    return test::refusal_code([&] { prove_entries(database, node, EntryNumber{first}, EntryNumber{last}); });
  }
};

TEST_F(ProofsOfBooks, HoldUpToTheLastCheckpoint) {
  const Proof proof = prove_entries(DatabaseSettings{.address = address(), .role = "coopledger_service"},
                                    "bcn", EntryNumber{7}, EntryNumber{8});
  const CheckedProof checked = check(proof);
  EXPECT_EQ(checked.fault, "");
  EXPECT_EQ(checked.shown, (std::vector<std::int64_t>{7, 8}));
}

TEST_F(ProofsOfBooks, AreRefusedWhereNothingCanBeProved) {
  EXPECT_EQ(refused(address(), "nowhere", 1, 1), "node_unknown");
  EXPECT_EQ(refused(address(), "bcn", 41, 45), "checkpoint_unknown");
  const test::DatabaseCopy copy{fresh()};
  copy.damage("UPDATE entry SET description = 'x' WHERE node_id = 1 AND number = 7");
  EXPECT_EQ(refused(copy.address(), "bcn", 7, 7), "verification_failed");
}

}  // namespace
}  // namespace coop::proof
