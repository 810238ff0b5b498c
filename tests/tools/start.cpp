/// How the command starts: what it loads, and when what it would load is not there.
#include <regex>

#include <gmock/gmock.h>

#include "command.hpp"

namespace entente {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Start : public Command {
protected:
    /// What the system's loader says that it opens for this call.
    [[nodiscard]] std::string opened_by(const std::string& arguments) const {
        const Outcome outcome = shell("LD_DEBUG=files entente " + arguments);
        EXPECT_EQ(outcome.code, 0);
        return outcome.err;
    }
    /// The name that the library goes by here, `libnetcdf.so.19`.
    static std::string file_of(const std::string& library, const std::string& opened) {
        std::smatch found;
        return std::regex_search(opened, found, std::regex(library + "\\.so[.0-9]*")) ? found.str() : "";
    }
};

TEST_F(Start, loads_only_what_the_call_needs) {
    const auto netcdf = HasSubstr("file=libnetcdf");
    const auto sqlite = HasSubstr("file=libsqlite3");
    const auto mpi = HasSubstr("libmpi");
    EXPECT_THAT(opened_by("--version"), AllOf(HasSubstr("file=libstdc++"), Not(netcdf), Not(sqlite), Not(mpi), Not(HasSubstr("libhdf5"))));
    const std::string run = "run walk.yaml --runs 2 --quiet --no-report";
    EXPECT_THAT(opened_by(run + " --out with"), AllOf(netcdf, Not(sqlite), Not(mpi)));
    EXPECT_THAT(opened_by(run + " --out without --series none"), AllOf(Not(netcdf), Not(sqlite), Not(mpi)));
    EXPECT_THAT(opened_by("sweep walk.yaml --vary drift --replicates 2 --quiet --out swept"), AllOf(sqlite, Not(netcdf), Not(mpi)));
}

TEST_F(Start, tells_the_version_of_netCDF_where_it_wrote_series) {
    ASSERT_EQ(entente("run walk.yaml --runs 2 --quiet --no-report --out with").code, 0);
    ASSERT_EQ(entente("run walk.yaml --runs 2 --quiet --no-report --out without --series none").code, 0);
    EXPECT_THAT(manifest("with")["versions"]["netcdf"].get<std::string>(), testing::MatchesRegex("[0-9]+\\.[0-9]+.*"));
    EXPECT_FALSE(manifest("without")["versions"].contains("netcdf"));
}

TEST_F(Start, a_wrong_netCDF_is_told_before_runs_are_made) {
    const std::string name = file_of("libnetcdf", opened_by("run walk.yaml --runs 2 --quiet --no-report --out with"));
    const Outcome outcome = shell("mkdir wrong && cp \"$(ldd \"$(command -v entente)\" | awk '/libgcc_s/ {print $3}')\" wrong/" + name +
                                  " && LD_LIBRARY_PATH=wrong entente run walk.yaml --out none");
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.err,
              "error: the netCDF library has no function 'nc_close': it is not of the version that was built for\n"
              "help: install netCDF (Debian: libnetcdf19), or keep no series with --series none\n");
    EXPECT_FALSE(fs::exists(scratch_.path() / "none"));
}

TEST_F(Start, processes_of_an_MPI_job_say_which_file_they_miss) {
    const Outcome outcome = shell("cp \"$(command -v entente)\" alone && OMPI_COMM_WORLD_SIZE=2 ./alone sweep walk.yaml --vary drift --replicates 2 --out none");
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("share the work with --shard i/n"));
    EXPECT_THAT(outcome.err, HasSubstr(ENTENTE_HAS_MPI ? "error: entente_mpi.so, by which processes of an MPI job share their work, can't be loaded: " : "built without MPI"));
}

}  // namespace
}  // namespace entente
