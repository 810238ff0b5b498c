#include <entente/runtime/native.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>

#include <entente/runtime/native_writer.hpp>

namespace entente {
namespace {

bool is_simple(const Instruction& i, const Program& program) {
    const bool is_store = operation(i.op).form == Operation::Form::store;
    return is_written(i.op) && !(is_store && program.effects[static_cast<std::size_t>(i.extra)].map.value >= 0);
}

NativeFacts facts_of(const NativePlan& plan, std::size_t begin) {
    NativeFacts facts{plan.results(), {}};
    for (const NativePlan::Exit& exit : plan.exits()) {
        facts.exits.push_back({static_cast<std::int32_t>(exit.at - begin), {}});
        for (const HeldValue& value : exit.held) facts.exits.back().held.push_back(value.slot);
    }
    return facts;
}

}  // namespace

bool writes_machine_code() {
    return true;
}

struct NativeCode::Code {
    Code(int vector, Log log) : text(vector) {
        if (log == Log::kept) text.holder.setLogger(&text.log);
    }

    NativeText text;
    std::vector<asmjit::Label> entries;
    std::vector<std::vector<HeldValue>> held;      ///< by exit of all runs
    std::vector<std::vector<NativeExit>> exits;    ///< by run
    void* base = nullptr;
};

NativeCode::NativeCode(int vector, Log log) : code_(std::make_unique<Code>(vector, log)) {}

NativeCode::~NativeCode() {
    if (code_->base) code_->text.runtime.release(code_->base);
}

std::vector<Instruction> NativeCode::translate(const Program& program) {
    assert(!code_->base);  // what is added later would not be there
    constexpr std::size_t shortest = 2;
    const std::vector<std::size_t> last_read = last_reads(program);
    std::vector<bool> is_target(program.body.size() + 1);
    for (const Instruction& i : program.body)
        if (i.op == Op::skip) is_target[static_cast<std::size_t>(i.extra)] = true;
    std::vector<Instruction> made;
    std::vector<std::int32_t> moved(program.body.size() + 1);  // where each instruction, or the run before it, has gone
    for (std::size_t at = 0; at < program.body.size();) {
        std::size_t end = at;
        while (end < program.body.size() && is_simple(program.body[end], program) && (end == at || !is_target[end])) ++end;
        moved[at] = static_cast<std::int32_t>(made.size());
        if (end >= at + shortest) {
            const NativePlan plan(program, last_read, at, end, value_registers(code_->text.vector));
            assert(plan.end() <= end);
            end = plan.end();
            if (end >= at + shortest) {
                code_->entries.push_back(code_->text.assembler.newLabel());
                code_->text.assembler.align(asmjit::AlignMode::kCode, 32);
                code_->text.assembler.bind(code_->entries.back());
                (code_->text.vector == 8 ? avx512_writer : avx2_writer)(code_->text, program, plan, at)->write();
                if (code_->text.holder.logger()) {
                    listings_.push_back({static_cast<int>(at), static_cast<int>(end), code_->text.log.data()});
                    code_->text.log.clear();
                }
                auto& exits = code_->exits.emplace_back();
                for (const NativePlan::Exit& exit : plan.exits()) {
                    code_->held.push_back(exit.held);
                    exits.push_back({static_cast<std::int32_t>(exit.at - at), code_->held.back().data(), static_cast<int>(exit.held.size())});
                }
                NativeLoop known;
                known.writes_fixed_rows = plan.writes_fixed_rows();
                loops_.push_back(known);
                results_.push_back(facts_of(plan, at));
                Instruction call;
                call.op = Op::native;
                call.extra = static_cast<std::int32_t>(loops_.size()) - 1;
                call.second = static_cast<std::int32_t>(made.size() + 1 + end - at);
                made.push_back(call);
            }
        }
        end = std::max(end, at + 1);
        for (std::size_t k = at; k < end; ++k) {
            if (k > at) moved[k] = static_cast<std::int32_t>(made.size());
            made.push_back(program.body[k]);
        }
        at = end;
    }
    moved[program.body.size()] = static_cast<std::int32_t>(made.size());
    for (Instruction& i : made)
        if (i.op == Op::skip) i.extra = moved[static_cast<std::size_t>(i.extra)];
    verify(broken_promise(program, made, results_), "translated to machine code");
    return made;
}

bool NativeCode::finish() {
    if (loops_.empty()) return true;
    code_->text.embed_constants();
    if (code_->text.runtime.add(&code_->base, &code_->text.holder) != asmjit::kErrorOk) {
        code_->base = nullptr;
        return false;
    }
    for (std::size_t loop = 0; loop < loops_.size(); ++loop) {
        const auto offset = code_->text.holder.labelOffsetFromBase(code_->entries[loop]);
        loops_[loop].call = reinterpret_cast<decltype(NativeLoop::call)>(static_cast<char*>(code_->base) + offset);
        loops_[loop].exits = code_->exits[loop].data();
    }
    return true;
}

}  // namespace entente
