// Who may read what `coopledger backup` and `coopledger export` write.
#include <sys/stat.h>

#include <fstream>

#include "tests/support/api_server.hpp"
#include "tests/support/ran_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

using std::filesystem::perms;

class BackupFiles : public ApiTest {
 protected:
  int run(std::vector<std::string> words) {
    words.insert(words.end(), {"--database", address()});
    const Ran ran = ran_coopledger(std::move(words));
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran.code;
  }
  static perms rights_of(const std::filesystem::path& file) {
    return std::filesystem::status(file).permissions();
  }
  static constexpr perms owner_alone = perms::owner_read | perms::owner_write;
  static constexpr perms everybody = owner_alone | perms::group_read | perms::others_read;
  TemporaryFolder folder_;
};

TEST_F(BackupFiles, AreTheirOwnersAlone) {
  const mode_t before = ::umask(0022);
  const auto file = folder_.path() / "bcn.ndjson";
  std::ofstream{file.string() + ".unfinished"} << "left behind, for everybody to read";
  run({"backup", folder_.path()});
  EXPECT_EQ(rights_of(file), owner_alone);
  std::filesystem::permissions(file, everybody);
  run({"backup", folder_.path()});
  EXPECT_EQ(rights_of(file), owner_alone) << "an older one is replaced";
  const auto exported = folder_.path() / "bcn.journal";
  run({"export", "bcn", "--output", exported});
  EXPECT_EQ(rights_of(exported), everybody) << "an export goes by the umask";
  ::umask(before);
}

}  // namespace
}  // namespace coop::test
