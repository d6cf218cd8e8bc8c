#include "ledger/proof/proof.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "ledger/books/chain.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::proof {
namespace {

const Instant moment = instant_from_text("2026-02-01T09:05:00.123456Z");

std::string text_of_entry(int number) {
  return "coopledger-entry-1\nnode bcn\nnumber " + std::to_string(number) + "\nbooked_on 2026-01-31\n";
}

/// A proof of entries 3 to 6 that shows entry 4 only.
Proof sound_proof(const SigningKey& key) {
  Proof proof{
      "bcn", 3, sha256_of("before"), {}, sign_checkpoint("bcn", EntryNumber{6}, {}, moment, key)};
  Hash hash = proof.previous_hash;
  for (int number = 3; number <= 6; ++number) {
    const std::string text = text_of_entry(number);
    proof.links.push_back({number == 4 ? std::optional{text} : std::nullopt, sha256_of(text)});
    hash = books::next_link(hash, text);
  }
  proof.checkpoint = sign_checkpoint("bcn", EntryNumber{6}, hash, moment, key);
  return proof;
}

std::string refusal_of(const std::string& json) {
  try {
    proof_from_json(json);
    return "";
  } catch (const Refused& refused) {
    return std::string{text_of(refused.refusal()).code};
  }
}

TEST(Proofs, HoldAndSayWhatTheyShow) {
  const CheckedProof checked = check(sound_proof(SigningKey::make()));
  EXPECT_EQ(checked.fault, "");
  EXPECT_EQ(checked.shown, std::vector<std::int64_t>{4});
}

TEST(Proofs, AreReadAsTheyWereWritten) {
  const Proof proof = sound_proof(SigningKey::make());
  const std::string json = json_of(proof);
  EXPECT_EQ(json_of(proof_from_json(json)), json);
  EXPECT_EQ(check(proof_from_json(json)).fault, "");
}

TEST(Proofs, FailWhenAnythingInThemIsChanged) {
  const SigningKey key = SigningKey::make();
  const auto fault_after = [&](const std::function<void(Proof&)>& change) {
    Proof proof = sound_proof(key);
    change(proof);
    return check(proof).fault;
  };
  EXPECT_NE(fault_after([](Proof& p) { *p.links[1].text += "x"; }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.links[2].digest[0] ^= 1U; }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.previous_hash[31] ^= 1U; }), "");
  EXPECT_NE(fault_after([](Proof& p) { std::swap(p.links[2], p.links[3]); }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.links.pop_back(); }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.first = 4; }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.node = "mad"; }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.node = p.checkpoint.node = "mad"; }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.checkpoint.hash[0] ^= 1U; }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.checkpoint.made_at += std::chrono::microseconds{1}; }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.checkpoint.signature[63] ^= 1U; }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.checkpoint.public_key = SigningKey::make().public_key(); }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.checkpoint.key_id = "0123456789abcdef"; }), "");
  EXPECT_NE(fault_after([](Proof& p) { p.links[1].text.reset(); }), "");
}

TEST(Proofs, DoNotTakeATextForAnotherEntrys) {
  Proof proof = sound_proof(SigningKey::make());
  proof.links[2].text = text_of_entry(4);
  EXPECT_EQ(check(proof).fault, "the text at the place of entry 5 is not of that entry");
}

TEST(Proofs, OfTheFirstEntryBeginWithTheNodesName) {
  const SigningKey key = SigningKey::make();
  const auto proof_after = [&](const Hash& before) {
    const Hash hash = books::next_link(before, text_of_entry(1));
    return Proof{"bcn",
                 1,
                 before,
                 {{text_of_entry(1), {}}},
                 sign_checkpoint("bcn", EntryNumber{1}, hash, moment, key)};
  };
  EXPECT_EQ(check(proof_after(books::first_link_of("bcn"))).fault, "");
  EXPECT_EQ(check(proof_after(books::first_link_of("mad"))).fault,
            "the chain does not begin with the node's name");
}

TEST(Proofs, AreRefusedIfTheyAreNotOfTheForm) {
  const std::string json = json_of(sound_proof(SigningKey::make()));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = json;
    changed.replace(changed.find(from), from.size(), to);
    return refusal_of(changed);
  };
  EXPECT_EQ(refusal_of("{"), "malformed_json");
  EXPECT_EQ(refusal_of("[]"), "field_invalid");
  EXPECT_EQ(with("coopledger-proof-1", "coopledger-proof-9"), "field_invalid");
  EXPECT_EQ(with("\"first\": 3", "\"first\": \"3\""), "field_invalid");
  EXPECT_EQ(with("\"first\": 3", "\"firsd\": 3"), "field_missing");
  EXPECT_EQ(with("\"first\": 3", "\"first\": 3, \"second\": 4"), "field_unknown");
  EXPECT_EQ(with("\"links\": [", "\"links\": [1,"), "field_invalid");
  EXPECT_EQ(with("\"links\": [", "\"links\": [{\"digest\": \"12\"},"), "field_invalid");
  EXPECT_EQ(with("2026-02-01T", "2026-02-31T"), "instant_malformed");
}

TEST(Checkpoints, SignATextThatAnybodyCanWrite) {
  EXPECT_EQ(checkpoint_text("bcn", EntryNumber{1042}, sha256_of("abc"), moment),
            "coopledger-checkpoint-1\nnode bcn\nnumber 1042\n"
            "hash ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n"
            "made_at 2026-02-01T09:05:00.123456Z\n");
}

// RFC 8032, section 7.1, test 2.
TEST(Signatures, AreThoseOfTheStandard) {
  const PublicKey key =
      public_key_from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  Signature signature = signature_from_hex(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(is_signature_of(signature, "\x72", key));
  EXPECT_FALSE(is_signature_of(signature, "\x73", key));
  signature[5] ^= 4U;
  EXPECT_FALSE(is_signature_of(signature, "\x72", key));
}

TEST(SigningKeys, AreMadeOnceInAFileThatOnlyTheirOwnerReads) {
  const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "keys" / "signing_key.pem";
  const SigningKey made = SigningKey::read_or_make(file);
  EXPECT_EQ(SigningKey::read_or_make(file).id(), made.id());
  EXPECT_EQ(made.id().size(), 16u);
  struct stat status{};
  ASSERT_EQ(stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_TRUE(is_signature_of(made.sign("text"), "text", SigningKey::read(file).public_key()));
}

TEST(SigningKeys, BelongToTheOwnerOfTheirFolderIfRootMakesThem) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can";
  const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "signing_key.pem";
  constexpr uid_t nobody = 65534;
  ASSERT_EQ(chown(folder.path().c_str(), nobody, nobody), 0);
  SigningKey::read_or_make(file);
  struct stat status{};
  ASSERT_EQ(stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, nobody);
}

TEST(SigningKeys, AreNotUsedFromAFileThatOthersCanReadOrThatHoldsNone) {
  const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "signing_key.pem";
  EXPECT_THROW(SigningKey::read(file), Unavailable);
  SigningKey::read_or_make(file);
  std::filesystem::permissions(file, std::filesystem::perms{0640});
  EXPECT_THROW(SigningKey::read(file), Unavailable);
  std::ofstream{file} << "no key\n";
  std::filesystem::permissions(file, std::filesystem::perms{0600});
  EXPECT_THROW(SigningKey::read(file), Unavailable);
}

}  // namespace
}  // namespace coop::proof
