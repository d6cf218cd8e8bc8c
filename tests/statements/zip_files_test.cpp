#include "ledger/statements/zip_files.hpp"

#include <gtest/gtest.h>

#include "tests/statements/camt_files.hpp"
#include "tests/statements/packed_zip.hpp"

namespace coop::statements {
namespace {

using test::camt_refusal_of;
using test::zip_of;

std::string zip_refusal_for(const std::string& bytes) {
  return camt_refusal_of([&] { packed_files_in(bytes); });
}

TEST(ZipFiles, ComeInTheOrderOfTheirNames) {
  const auto files =
      packed_files_in(zip_of({{"b.xml", "two"}, {"a/", ""}, {"a/c.xml", "one"}, {"z.xml", ""}}));
  ASSERT_EQ(files.size(), 3u);
  EXPECT_EQ(files[0].name, "a/c.xml");
  EXPECT_EQ(files[0].bytes, "one");
  EXPECT_EQ(files[1].bytes, "two");
  EXPECT_EQ(files[2].bytes, "");
}

TEST(ZipFiles, LeaveOutWhatSystemsAdd) {
  const auto files = packed_files_in(zip_of({{"__MACOSX/._a.xml", "x"},
                                             {"in/__MACOSX/b", "x"},
                                             {".DS_Store", "x"},
                                             {"in/._a.xml", "x"},
                                             {"a.xml", "y"}}));
  ASSERT_EQ(files.size(), 1u);
  EXPECT_EQ(files[0].name, "a.xml");
  EXPECT_EQ(zip_refusal_for(zip_of({{"__MACOSX/a", "x"}})),
            "statement_unreadable: the ZIP: there is no file in it");
}

TEST(ZipFiles, RefuseBombs) {
  EXPECT_EQ(zip_refusal_for(zip_of({{"bomb.xml", std::string(4u << 20, ' ')}})),
            "statement_unreadable: the ZIP, “bomb.xml”: it would grow to more than 200 times its size");
  EXPECT_EQ(zip_refusal_for(zip_of({{"large.xml", std::string(most_unpacked_bytes + 1, ' ')}})),
            "statement_unreadable: the ZIP, “large.xml”: it is larger than 64 MiB");
  EXPECT_EQ(packed_files_in(zip_of({{"small.xml", std::string(small_file_bytes, ' ')}})).size(), 1u);
  test::FilesToPack many;
  for (std::size_t i = 0; i <= most_packed_files; ++i) many.push_back({std::to_string(i), ""});
  EXPECT_EQ(zip_refusal_for(zip_of(many)), "statement_unreadable: the ZIP: it holds more than 1000 files");
}

TEST(ZipFiles, RefuseAZipInTheZip) {
  EXPECT_EQ(zip_refusal_for(zip_of({{"inner.zip", zip_of({{"a", "b"}})}})),
            "statement_unreadable: the ZIP, “inner.zip”: a ZIP in a ZIP is not read: unpack it first");
}

TEST(ZipFiles, RefuseEncryptedFiles) {
  EXPECT_EQ(zip_refusal_for(zip_of({{"a.xml", "secret"}}, "password")),
            "statement_unreadable: the ZIP, “a.xml”: it is encrypted: unpack it first");
}

TEST(ZipFiles, RefuseWhatIsCutOrDamagedAnywhere) {
  const std::string bytes = zip_of({{"a.xml", "some text that is packed, some text that is packed"}});
  for (std::size_t size = 0; size < bytes.size(); ++size)
    ASSERT_TRUE(zip_refusal_for(bytes.substr(0, size)).starts_with("statement_unreadable: the ZIP")) << size;
  std::string damaged = bytes;
  damaged[bytes.find("a.xml") + 8] ^= 0x55;
  EXPECT_TRUE(zip_refusal_for(damaged).starts_with("statement_unreadable: the ZIP, “a.xml”: it is damaged"));
}

TEST(ZipFiles, AreRecognisedByTheirBeginning) {
  EXPECT_TRUE(is_zip(zip_of({{"a", "b"}})));
  EXPECT_FALSE(is_zip("PK"));
  EXPECT_FALSE(is_zip(""));
}

}  // namespace
}  // namespace coop::statements
