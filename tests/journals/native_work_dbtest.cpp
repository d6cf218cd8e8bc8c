// The complete export carries work whole, and what is changed in it is refused or harms
// nothing.
#include "tests/support/native_file.hpp"
#include "tests/support/test_work.hpp"

namespace coop::journals {
namespace {

class NativeWork : public test::WorkTest {
 protected:
  NativeWork() { fill(); }
};

TEST_F(NativeWork, RestoreIntoAnEmptyServerAsTheyWere) {
  test::expect_native_restores(db(), fresh(), tables(), now);
}

TEST_F(NativeWork, AreRefusedOrHarmlessWhateverFieldIsChanged) {
  const auto is_tried = [](std::string_view line) {
    return line.starts_with(R"({"kind":"circle)") || line.starts_with(R"({"kind":"work_)");
  };
  const test::ChangedFields changed = test::change_every_field(test::native_export(db()), is_tried);
  EXPECT_EQ(changed.kinds, 5u);
  // Texts, and what nothing rests on.
  EXPECT_EQ(changed.free,
            "circle.recorded_at circle.recorded_by circle.title circle_step.on_day circle_step.reason "
            "circle_step.recorded_at circle_step.recorded_by work_hours.minutes work_hours.note "
            "work_hours.recorded_at work_hours.recorded_by work_hours.task work_hours.worked_on "
            "work_hours_step.on_day work_hours_step.reason work_hours_step.recorded_at "
            "work_hours_step.recorded_by work_kind.code work_kind.has_price work_kind.recorded_at "
            "work_kind.recorded_by work_kind.title ");
  test::expect_harmless(changed.harmless, now);
}

}  // namespace
}  // namespace coop::journals
