// The Debian package: that it asks for all that the program is linked with, and that systemd understands its
// unit. Where the tools of Debian are missing, nothing can be said.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "tests/support/ran_program.hpp"
#include "tests/support/source_folder.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

Ran in_shell(const std::string& script, const std::vector<std::string>& environment = {}) {
  return ran({"sh", "-c", script}, environment);
}

bool is_there(const std::string& program) { return in_shell("command -v " + program).code == 0; }

std::string text_of_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

/// What a control file would say of the program: "libargon2-1 (>= 0~20171227), libc6 (>= 2.34), …".
std::string found_dependencies() {
  const TemporaryFolder folder;
  const std::filesystem::path control = folder.path() / "debian/control";
  std::filesystem::create_directory(control.parent_path());
  std::ofstream{control} << "Source: coopledger\n\nPackage: coopledger\nArchitecture: any\n";
  const Ran said = in_shell("cd \"$FOLDER\" && dpkg-shlibdeps -O \"$PROGRAM\"",
                            {"FOLDER=" + folder.path().string(), std::string{"PROGRAM="} + COOP_BINARY});
  EXPECT_EQ(said.code, 0) << said.err;
  return " " + said.out.substr(said.out.find('=') + 1) + ",";
}

/// Whether one of the words of a list that commas part is this one.
bool names(const std::string& dependencies, const std::string& package) {
  return dependencies.find(" " + package + " ") != std::string::npos ||
         dependencies.find(" " + package + ",") != std::string::npos;
}

TEST(Package, NamesThePackageOfEveryLibraryThatIsLinked) {
  for (const char* tool : {"dpkg-shlibdeps", "dpkg-query", "objdump"})
    if (!is_there(tool)) GTEST_SKIP() << "no " << tool;
  const std::string dependencies = found_dependencies();
  // Each file with the name of a library that the program names, with the package that brings it, and what
  // else that package is called.
  const Ran linked = in_shell(
      "objdump -p \"$PROGRAM\" | sed -n 's|^ *NEEDED *|*/|p' | xargs dpkg-query -S |"
      " sed 's/[:,].*\\//: /' | while IFS=: read -r package library; do"
      " echo $library $package $(dpkg-query -W -f '${Provides}' $package | tr -d ','); done",
      {std::string{"PROGRAM="} + COOP_BINARY});
  std::map<std::string, bool> is_named;
  std::istringstream lines{linked.out};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    std::string library, package;
    words >> library;
    while (words >> package) is_named[library] = is_named[library] || names(dependencies, package);
  }
  for (const auto& [library, named] : is_named) EXPECT_TRUE(named) << library << " is not in" << dependencies;
  EXPECT_GT(is_named.size(), 15u) << linked.out << linked.err;
}

TEST(Package, AsksForWhatItsScriptsAndItsPostgreSqlNeed) {
  const std::filesystem::path folder = source_folder() / "api/packaging";
  const std::string made = text_of_file(folder / "package.cmake");
  EXPECT_NE(made.find("set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)"), std::string::npos)
      << "what is linked is found by dpkg-shlibdeps, as above";
  EXPECT_NE(made.find("set(CPACK_DEBIAN_PACKAGE_DEPENDS \"adduser, postgresql, tzdata\")"),
            std::string::npos);
  EXPECT_EQ(text_of_file(folder / "conffiles"), "/etc/coopledger/coopledger.toml\n");
  for (const char* script : {"postinst.sh", "prerm.sh", "postrm.sh"})
    EXPECT_EQ(ran({"sh", "-n", folder / script}).err, "") << script;
}

TEST(Package, HasAUnitThatSystemdUnderstands) {
  if (!is_there("systemd-analyze")) GTEST_SKIP() << "no systemd-analyze";
  std::string unit = text_of_file(source_folder() / "api/packaging/coopledger.service");
  const std::string installed = "/usr/bin/coopledger ";
  const auto program = unit.find(installed);
  ASSERT_NE(program, std::string::npos);
  unit.replace(program, installed.size(), std::string{COOP_BINARY} + " ");
  const TemporaryFolder folder;
  const auto verified = [&](const std::string& text) {
    const std::filesystem::path file = folder.path() / "coopledger.service";
    std::ofstream{file} << text;
    const Ran said = ran({"systemd-analyze", "verify", "--man=no", file});
    return said.code == 0 ? said.err : "ended with " + std::to_string(said.code) + ": " + said.err;
  };
  EXPECT_EQ(verified(unit), "");
  EXPECT_NE(verified(unit + "\n[Service]\nRestrt=always\n"), "") << "and it looks";
}

}  // namespace
}  // namespace coop::test
