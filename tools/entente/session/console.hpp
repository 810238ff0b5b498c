/// The terminal: what it can show, and how errors are printed on it.
#pragma once

#include <string>
#include <string_view>

#include <entente/output/text_table.hpp>

namespace entente {

/// What a stream (1: output, 2: errors) can show: the width of a terminal as it is now; else COLUMNS, else 100 (80 for a terminal that does not
/// know its own). Colour where it obeys escapes and NO_COLOR is not set; ASCII where the locale is not UTF-8 or NO_UNICODE is set.
TextStyle style_of(int stream);
bool is_terminal(int stream);
/// Whether it is a terminal whose cursor and colours may be commanded: TERM is there, and not `dumb`.
bool obeys_escapes(int stream);

/// Text on stdout; on a terminal in lines that fit.
void print_lines(const std::string& text);
/// Messages on stderr, by one write; in lines that fit on a terminal and where COLUMNS says how many fit, else whole, for logs and what reads them.
void tell_lines(const std::string& text);

/// `error: …` and `help: …` on stderr, by one write, so that what ranks and their launcher say stands between messages and not in them.
void tell_error(std::string_view what, std::string_view help);
/// `warning: …` and `help: …` likewise.
void tell_warning(std::string_view what, std::string_view help = {});

/// Throws Error when what was written to stdout did not get there (a full disk).
void flush_output();

}  // namespace entente
