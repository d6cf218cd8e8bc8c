// The disk that the books are on is full: the program says so, records nothing in part, and goes on by itself
// once there is room again.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/asked_books.hpp"
#include "tests/support/supervised_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

/// A small file system in memory; `is_mounted` is false where mounting is not permitted.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& where) : where_{where} {
    std::filesystem::create_directories(where_);
    is_mounted_ = mount("tmpfs", where_.c_str(), "tmpfs", 0, "size=160m,mode=0755") == 0;
  }
  ~SmallDisk() {
    if (is_mounted_) umount2(where_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool is_mounted() const { return is_mounted_; }

  /// Takes all the room there is but `left_bytes`.
  void fill(std::uintmax_t left_bytes) const {
    std::ofstream ballast{where_ / "ballast", std::ios::binary | std::ios::app};
    while (std::filesystem::space(where_).available > left_bytes) {
      const auto room = std::filesystem::space(where_).available - left_bytes;
      const std::string block(std::min<std::uintmax_t>(room, 1'000'000), 'x');
      if (!(ballast << block).flush()) return;
    }
  }
  void make_room() const { std::filesystem::remove(where_ / "ballast"); }

 private:
  std::filesystem::path where_;
  bool is_mounted_ = false;
};

class FullDisk : public ::testing::Test {
 protected:
  /// Asks for entries, in requests of many, until `failures` of them were not answered with success.
  void ask_until_it_fails(StubbornClient& client, int failures) {
    int failed = 0;
    for (int request = 0; request < 3'000 && failed < failures; ++request) {
      asked.push_back(client.next_request(request % 3 == 0 ? 1 : 200));
      client.ask_until_answered(asked.back(), true);
      failed += asked.back().numbers.empty() ? 1 : 0;
    }
    EXPECT_EQ(failed, failures) << "the disk did not fill up";
  }

  std::vector<AskedEntries> asked;
  TemporaryFolder folder;
};

TEST_F(FullDisk, IsSaidSoAndOutlived) {
  const SmallDisk disk{folder.path() / "disk"};
  if (!disk.is_mounted()) GTEST_SKIP() << "mounting is not permitted here";
  SupervisedProgram program{folder.path() / "disk" / "data"};
  StubbornClient client{program.port(), program.make_books(), "full", 1};
  for (const std::uintmax_t left : {std::uintmax_t{0}, std::uintmax_t{3'000'000}}) {
    disk.fill(left);
    ask_until_it_fails(client, 20);
    EXPECT_EQ(program.ask("GET", "/health/live").status, 200) << "the program itself stays";
    disk.make_room();
    EXPECT_TRUE(program.serves_within(120)) << program.log();
    for (AskedEntries& one : asked) {
      if (one.numbers.empty()) client.ask_until_answered(one, false);
    }
    const AskedAndRecorded compared = compared_with_books(program.owner_address(), asked);
    for (const std::string& fault : compared.faults) ADD_FAILURE() << fault;
    EXPECT_EQ(compared.given_up, 0);
    const proof::Verified verified = program.verified();
    EXPECT_TRUE(verified.is_clean()) << verified.first_flaw();
  }
  for (const std::string& fault : client.faults()) ADD_FAILURE() << fault;
  EXPECT_EQ(program.starts(), 1);
  EXPECT_EQ(program.stop(), 0);
}

}  // namespace
}  // namespace coop::test
