// What programs promise: a sound one is let pass, and one that is broken on purpose is told which promise it breaks.
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <entente/language/builder.hpp>
#include <entente/language/verify.hpp>

namespace entente {
namespace {

/// column 9 = exp(column 0) + u, with u a draw, behind a skip by column 1; and column 8 = column 0 * (parameter 0 + 1) on all elements.
Program sound() {
    ProgramBuilder b;
    const Value x = b.load({{0}, {}});
    const Value mask = b.load({{1}, {}});
    const Value uniform = b.op(Op::add, b.uniform({Uniform::Form::parameter, 0, {}, -1}), b.constant(1));
    b.store({{8}, {}}, b.op(Op::multiply, x, uniform), {});
    b.settle();
    b.skip_unless(mask);
    const Value rise = b.op(Op::exp, x);
    const Value sum = b.op(Op::add, rise, b.draw({1, {0}}, 0));
    b.check(sum, mask, {Check::Demand::finite, "x"}, {{"x", x}});
    b.store({{9}, {}}, sum, mask);
    return b.finish();
}

/// What is said when `change` breaks the sound program.
template <class Change>
std::string broken_by(Change change) {
    Program program = sound();
    change(program);
    return broken_promise(program);
}

/// Where in the sound program's body an operation stands first.
std::size_t place_of(const Program& program, Op op) {
    for (std::size_t at = 0; at < program.body.size(); ++at)
        if (program.body[at].op == op) return at;
    throw std::logic_error("the sound program has no such operation");
}

Instruction& the(Program& program, Op op) { return program.body[place_of(program, op)]; }

TEST(Verify, lets_a_sound_program_pass) {
    EXPECT_EQ(broken_promise(sound()), "");
    EXPECT_EQ(listing(sound()),
              "once a step:\n  add uniform1 uniform0 1\n"
              "each block:\n  multiply r0 load0 uniform1\n  store r0 #0\n  skip load1 #8\n  exp r0 load0\n  draw r1 #0\n  add r0 r0 r1\n  check r0 load1 #0\n  store r0 load1 #1\n");
}

TEST(Verify, tells_of_an_operand_that_nothing_has_written) {
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::multiply).a.slot = 1; }), "each block: instruction 0 reads r1, which nothing has written");
    EXPECT_EQ(broken_by([](Program& p) { p.prologue[0].a.slot = p.prologue_registers + 1; }), "once a step: instruction 0 reads uniform1, which nothing has written");
}

TEST(Verify, tells_of_an_operand_that_the_operation_does_not_take) {
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::exp).b.slot = p.load_slot(0); }), "each block: instruction 3 has more operands than the 1 that 'exp' takes");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::draw).a.slot = p.load_slot(0); }), "each block: instruction 4 has more operands than the 0 that 'draw' takes");
}

TEST(Verify, tells_of_a_value_that_is_read_beyond_the_skip_behind_which_it_was_written) {
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::skip).extra = 5; }), "each block: instruction 5 reads r0, which is there on the other side of instruction 2 only");
}

TEST(Verify, tells_of_a_value_that_only_one_path_has_overwritten) {
    EXPECT_EQ(broken_by([](Program& p) {  // r0 is there before the skip, and another one behind it
                  Instruction last = the(p, Op::store);
                  p.body.push_back(last);
                  the(p, Op::skip).extra = static_cast<std::int32_t>(p.body.size()) - 1;
              }),
              "each block: instruction 8 reads r0, which is there on the other side of instruction 2 only");
}

TEST(Verify, tells_of_a_value_that_only_a_failed_check_would_show) {
    EXPECT_EQ(broken_by([](Program& p) { p.registers = 3, p.checks[0].names[0].value.slot = 2; for (Instruction& i : p.body) for (Operand* o : {&i.a, &i.b, &i.c}) if (o->slot >= 2) ++o->slot; }),
              "each block: instruction 6 reads r2, which nothing has written");
}

TEST(Verify, tells_of_skips_that_lead_nowhere_or_out_of_the_skip_around_them) {
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::skip).extra = 2; }), "each block: instruction 2 skips to 2, of 8 instructions");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::skip).extra = 9; }), "each block: instruction 2 skips to 9, of 8 instructions");
    EXPECT_EQ(broken_by([](Program& p) {
                  Instruction inner = the(p, Op::skip);
                  p.body.insert(p.body.begin() + 4, inner);
                  the(p, Op::skip).extra = 7, p.body[4].extra = 8;
              }),
              "each block: instruction 4 skips to 8, beyond what lies behind the skip at 2");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::skip).a = {-1, 1}; }), "each block: instruction 2 skips by a constant");
}

TEST(Verify, tells_of_what_is_named_and_not_there) {
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::exp).a.slot = 99; }), "each block: instruction 3 reads slot 99, of 6");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::draw).extra = 1; }), "each block: instruction 4 names draw 1, of 1");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::check).extra = 7; }), "each block: instruction 6 names check 7, of 1");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::store).extra = -1; }), "each block: instruction 1 names effect -1, of 2");
}

TEST(Verify, tells_of_results_that_go_where_none_may) {
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::exp).d = 2; }), "each block: instruction 3 writes to load0");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::exp).d = -1; }), "each block: instruction 3 writes to slot -1, of 6");
    EXPECT_EQ(broken_by([](Program& p) { p.prologue[0].d = 0; }), "once a step: instruction 0 writes to uniform0");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::draw).d = -1; }), "each block: instruction 4 draws for nobody");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::draw).second = the(p, Op::draw).d; }), "each block: instruction 4 draws twice into one slot");
    EXPECT_EQ(broken_by([](Program& p) { p.prologue.push_back(the(p, Op::draw)), p.prologue.back().d = 2; }), "once a step: instruction 1 draws once a step");
    EXPECT_EQ(broken_by([](Program& p) { p.prologue.push_back(the(p, Op::skip)), p.prologue.back().a.slot = p.prologue_registers, p.prologue.back().extra = 2; }),
              "once a step: instruction 1 skips once a step");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::store).d = 0; }), "each block: instruction 1 has a result");
    EXPECT_EQ(broken_by([](Program& p) { p.prologue.push_back(the(p, Op::store)), p.prologue.back().a.slot = 0; }), "once a step: instruction 1 has an effect once a step");
    EXPECT_EQ(broken_by([](Program& p) { the(p, Op::check).a = {-1, 1}; }), "each block: instruction 6 checks a constant");
}

/// The sound program with a run of machine code for the instructions that begin at 5: add, check and store.
std::vector<Instruction> with_machine_code(const Program& program) {
    std::vector<Instruction> body = program.body;
    Instruction call;
    call.op = Op::native;
    call.extra = 0;
    call.second = 9;
    body.insert(body.begin() + 5, call);
    body[2].extra = 9;
    return body;
}

TEST(Verify, takes_what_machine_code_does_not_leave_written_for_lost) {
    const Program program = sound();
    std::vector<Instruction> body = with_machine_code(program);
    const NativeFacts::Exit left{1, {0}};  // at the check, with the sum
    const std::vector<NativeFacts> none{{{}, {left}}}, sum{{{0}, {left}}}, other{{{1}, {{1, {1}}}}};
    EXPECT_EQ(broken_promise(program, body, none), "");
    Instruction more = body.back();
    body.push_back(more);
    body[2].extra = 10;
    EXPECT_EQ(broken_promise(program, body, none), "each block: instruction 9 reads r0, which is there on the other side of instruction 5 only");
    EXPECT_EQ(broken_promise(program, body, sum), "");
    EXPECT_EQ(broken_promise(program, body, {}), "each block: instruction 5 names run 0 of machine code, of 0");
    body[2].extra = 8;
    EXPECT_EQ(broken_promise(program, body, sum), "each block: instruction 5 goes on to 9, beyond what lies behind the skip at 2");
    body[2].extra = 10;
    body[6].d = body[7].a.slot = 1, body[8].a.slot = body[9].a.slot = 1;
    EXPECT_EQ(broken_promise(program, body, other), "");
    body[6].op = Op::draw;
    EXPECT_EQ(broken_promise(program, body, other), "each block: instruction 6 stands in the run of machine code at 5");
}

TEST(Verify, tells_of_what_machine_code_does_not_bring_along_where_a_check_leaves_it) {
    const Program program = sound();
    const std::vector<Instruction> body = with_machine_code(program);
    const auto said = [&](const NativeFacts& facts) { return broken_promise(program, body, std::vector{facts}); };
    EXPECT_EQ(said({{}, {{1, {0}}}}), "");
    EXPECT_EQ(said({{0}, {{1, {}}}}), "");  // it is in its slot
    EXPECT_EQ(said({{}, {{1, {}}}}), "each block: instruction 5 is left at its check 1 without r0, which is read there or behind");
    EXPECT_EQ(said({{}, {{1, {0, 1}}}}), "each block: instruction 5 brings r1 along from its check 1, and has not written it");
    EXPECT_EQ(said({{}, {}}), "each block: instruction 5 has no exit at its check 1");
    EXPECT_EQ(said({{}, {{1, {0}}, {2, {0}}}}), "each block: instruction 5 has an exit where it checks nothing");
}

TEST(Verify, tells_of_stores_by_a_map_and_of_loads_that_are_read_again_when_their_place_has_changed) {
    EXPECT_EQ(broken_by([](Program& p) { p.effects[0].map = {3}; }), "") << "what is read lies elsewhere";
    EXPECT_EQ(broken_by([](Program& p) { p.effects[0] = {{0}, {3}}, p.loads[0].map = {3}; }), "each block: instruction 3 reads load0 again, when instruction 1 has stored there");
    EXPECT_EQ(broken_by([](Program& p) { p.effects[0].column = {0}; }), "each block: instruction 3 reads load0 again, when instruction 1 has stored there");
    EXPECT_EQ(broken_by([](Program& p) { p.effects[1].column = {0}; }), "");  // nothing reads it behind
}

TEST(Verify, takes_what_is_not_brought_along_behind_a_skip_for_missing) {
    const Program program = sound();
    const std::vector<std::int32_t> needed{2, 3}, too_few{3};  // the loads
    EXPECT_EQ(broken_promise_behind(program, program.body, {}, 2, needed), "");
    EXPECT_EQ(broken_promise_behind(program, program.body, {}, 2, too_few), "each block: instruction 3 reads load0, which is there on the other side of instruction 2 only");
}

TEST(Verify, calls_a_broken_promise_our_own_fault) {
    EXPECT_NO_THROW(verify("", "emitted"));
    try {
        verify("each block: instruction 1 has a result", "emitted");
        FAIL();
    } catch (const std::logic_error& fault) {
        EXPECT_STREQ(fault.what(), "a program that was emitted breaks a promise: each block: instruction 1 has a result");
    }
}

// -- what the builder makes keeps them ------------------------------------------------------------------------------------------------------

TEST(Verify, a_draw_whose_halves_are_asked_for_behind_two_skips_is_drawn_behind_each) {
    ProgramBuilder b;
    const Value first = b.load({{0}, {}});
    const Value second = b.load({{1}, {}});
    b.skip_unless(first);
    b.store({{8}, {}}, b.draw({1, {0}}, 0), first);
    b.end_segment();
    b.skip_unless(second);
    b.store({{9}, {}}, b.draw({1, {0}}, 1), second);
    EXPECT_EQ(listing(b.finish()), "each block:\n  skip load0 #3\n  draw r0 #0\n  store r0 load0 #0\n  skip load1 #6\n  draw r0 #0\n  store r0 load1 #1\n");
}

TEST(Verify, a_draw_before_a_skip_is_drawn_once_for_all) {
    ProgramBuilder b;
    const Value mask = b.load({{0}, {}});
    b.store({{7}, {}}, b.draw({1, {0}}, 0), {});
    b.settle();
    b.skip_unless(mask);
    b.store({{8}, {}}, b.draw({1, {0}}, 1), mask);
    b.end_segment();
    b.store({{9}, {}}, b.draw({1, {0}}, 1), {});
    EXPECT_EQ(listing(b.finish()), "each block:\n  draw r0 r1 #0\n  store r0 #0\n  skip load0 #4\n  store r1 load0 #1\n  store r1 #2\n");
}

}  // namespace
}  // namespace entente
