#include "session/report_shell.hpp"

// The assembler puts the file's bytes beside the program's constants.
asm(".pushsection .rodata\n"
    ".global entente_report_shell_begin\n"
    ".global entente_report_shell_end\n"
    "entente_report_shell_begin:\n"
    ".incbin \"" ENTENTE_REPORT_SHELL "\"\n"
    "entente_report_shell_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" const char entente_report_shell_begin[];
extern "C" const char entente_report_shell_end[];

namespace entente {

std::string_view report_shell() {
    return {entente_report_shell_begin, static_cast<std::size_t>(entente_report_shell_end - entente_report_shell_begin)};
}

}  // namespace entente
