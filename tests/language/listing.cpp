// Programs as people read them, and the parts that they are marked with.
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <entente/language/builder.hpp>

namespace entente {
namespace {

using testing::ElementsAre;

ProgramNames names() {
    return {.load = [](const Load& load) { return load.map.value < 0 ? std::string("own") : "mapped"; },
            .uniform = [](const Uniform& uniform) { return "parameter" + std::to_string(uniform.number); },
            .effect = [](const Effect& effect) { return "column" + std::to_string(effect.column.value); },
            .draw = [](const DrawSpec& draw, int half) { return std::to_string(half) + " of stream " + std::to_string(draw.stream); }};
}

std::vector<std::string> body(const Program& program) {
    std::vector<std::string> lines;
    for (const Instruction& i : program.body) lines.push_back(body_line(program, i, names()));
    return lines;
}

TEST(NamedListing, says_each_kind_of_instruction_in_the_names_given) {
    ProgramBuilder b;
    const Value own = b.load({{0}, {}});
    const Value mapped = b.load({{0}, {3}});
    const Value gain = b.op(Op::exp, b.uniform({Uniform::Form::parameter, 2, {}, -1}));
    const Value fires = b.op(Op::less, b.draw({7, {0}}, 0), mapped);
    b.skip_unless(fires);
    const Value next = b.op(Op::multiply, own, gain);
    b.check(next, fires, {Check::Demand::not_negative, "x *= exp(gain)"}, {});
    b.store({{0}, {}}, b.op(Op::select, fires, next, b.constant(0.5)), fires);
    b.contribute(Op::contribute, {{1}, {3}}, b.draw({7, {0}}, 1), {});
    const Program program = b.finish();
    ASSERT_EQ(program.prologue.size(), 1U);
    EXPECT_EQ(prologue_line(program, program.prologue[0], names()), "once0 = exp parameter2");
    EXPECT_THAT(body(program), ElementsAre("r0 = draw 0 of stream 7, r1 = draw 1 of stream 7", "r0 = less r0 mapped",
                                           "skip to 8 where r0 is 0 in the whole block", "r2 = multiply own once0",
                                           "check r2 where r0: finite and not negative (x *= exp(gain))", "r2 = select r0 r2 0.5",
                                           "contribute r1 to column1", "store column0 = r2 where r0"));
}

TEST(NamedListing, shows_one_uniform_of_a_draw_where_one_is_wanted) {
    ProgramBuilder b;
    b.store({{0}, {}}, b.draw({9, {0}}, 1), {});
    EXPECT_THAT(body(b.finish()), ElementsAre("r0 = draw 1 of stream 9", "store column0 = r0"));
}

TEST(Marks, tell_which_instructions_belong_to_a_part) {
    ProgramBuilder b;
    b.mark(0);
    const Value x = b.op(Op::exp, b.load({{0}, {}}));
    b.mark(0, 4);
    b.store({{0}, {}}, b.op(Op::log, x), {});
    b.end_segment();
    b.mark(1);
    const Value once = b.op(Op::sin, b.uniform({Uniform::Form::parameter, 0, {}, -1}));
    b.store({{1}, {}}, b.op(Op::add, b.load({{1}, {}}), once), {});
    const Program program = b.finish();
    const auto places = [&] {
        std::vector<std::vector<int>> made;
        for (const Mark& mark : program.marks) made.push_back({mark.part, mark.row, mark.prologue, mark.body});
        return made;
    }();
    EXPECT_THAT(places, ElementsAre(ElementsAre(0, -1, 0, 0), ElementsAre(0, 4, 0, 1), ElementsAre(1, -1, 0, 3)));
    EXPECT_EQ(program.body.size(), 5U);  // exp | log, store | add, store
    EXPECT_EQ(program.prologue.size(), 1U);
}

TEST(Marks, leave_programs_as_they_are) {
    const auto made = [](bool marked) {
        ProgramBuilder b;
        if (marked) b.mark(0);
        const Value x = b.load({{0}, {}});
        b.store({{1}, {}}, x, {});
        if (marked) b.mark(0, 1);
        b.store({{0}, {}}, b.load({{1}, {}}), {});  // settled with the store before
        b.end_segment();
        if (marked) b.mark(1);
        const Value y = b.load({{3}, {}});
        b.skip_unless(b.op(Op::less, y, b.constant(1)));
        b.store({{2}, {}}, b.op(Op::exp, y), {});
        return listing(b.finish());
    };
    EXPECT_EQ(made(true), made(false));
}

TEST(Folding, is_counted) {
    ProgramBuilder b;
    const Value x = b.load({{0}, {}});
    const Value three = b.op(Op::add, b.constant(1), b.constant(2));  // folded
    const Value same = b.op(Op::multiply, x, b.constant(1));          // folded: it is x
    const Value sum = b.op(Op::add, same, three);
    const Value again = b.op(Op::add, x, b.constant(3));  // shared
    EXPECT_EQ(sum, again);
    b.store({{0}, {}}, sum, {});
    const Program program = b.finish();
    EXPECT_EQ(program.folded, 2);
    EXPECT_EQ(program.shared, 1);
    EXPECT_EQ(program.body.size(), 2U);
}

}  // namespace
}  // namespace entente
