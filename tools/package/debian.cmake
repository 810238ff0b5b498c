# Debian packages by `cpack -G DEB`, one for each component that something is installed of: the command, libentente-dev, the ranks of MPI
# jobs, and the Python module. Each has its copyright and its changelog, as Debian wants them.
set(ENTENTE_MAINTAINER "The Entente developers <maintainers@entente.invalid>" CACHE STRING "Who answers for packages, as NAME <ADDRESS>")
set(ENTENTE_PACKAGE_RELEASE 1 CACHE STRING "The how manyeth package of this version it is")

set(package_of_entente entente)
set(package_of_dev libentente-dev)
set(package_of_mpi entente-mpi)
set(package_of_python python3-entente)
get_cmake_property(components COMPONENTS)
set(CPACK_COMPONENTS_ALL "")
foreach(component entente dev mpi python)
    if(component IN_LIST components)
        list(APPEND CPACK_COMPONENTS_ALL ${component})
    endif()
endforeach()

# entente_debian_package_of(<variable> <name> <libraries>)
#
# The package that lib<name>.so, one of the libraries, comes from; "" where no Debian says so. Its run-time name is looked for, not the
# link that is there for linking.
function(entente_debian_package_of variable name)
    set(found ${ARGN})
    list(FILTER found INCLUDE REGEX "/lib${name}\\.so")
    set(package "")
    if(found)
        list(GET found 0 file)
        file(REAL_PATH ${file} file)
        execute_process(COMMAND dpkg-query --search ${file} OUTPUT_VARIABLE said ERROR_QUIET RESULT_VARIABLE failed)
        if(NOT failed AND said MATCHES "^([^:]+):")
            set(package ${CMAKE_MATCH_1})
        endif()
    endif()
    set(${variable} "${package}" PARENT_SCOPE)
endfunction()

# What the command opens when it is first needed stands in no table of the linker.
entente_debian_package_of(netcdf_package netcdf ${netcdf_LINK_LIBRARIES})
entente_debian_package_of(sqlite_package sqlite3 ${SQLite3_LIBRARIES})
set(opened ${netcdf_package} ${sqlite_package})
list(JOIN opened ", " opened)

# Changelogs, of which the second speaks of the package; its date is that of the sources.
execute_process(COMMAND git log -1 --format=%cD WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE date ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT date)
    string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
endif()
set(full_version ${PROJECT_VERSION}-${ENTENTE_PACKAGE_RELEASE})
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
    set(package ${package_of_${component}})
    set(place ${CMAKE_CURRENT_BINARY_DIR}/doc/${package})
    file(CONFIGURE OUTPUT ${place}/changelog.Debian CONTENT
        "${package} (${full_version}) unstable; urgency=medium\n\n  * Entente ${PROJECT_VERSION}; changelog.gz says what is new.\n\n -- ${ENTENTE_MAINTAINER}  ${date}\n" @ONLY)
    configure_file(${PROJECT_SOURCE_DIR}/CHANGELOG.md ${place}/changelog COPYONLY)
    execute_process(COMMAND gzip -9nkf changelog changelog.Debian WORKING_DIRECTORY ${place} COMMAND_ERROR_IS_FATAL ANY)
    file(READ ${PROJECT_SOURCE_DIR}/LICENSE licence)
    file(READ ${PROJECT_SOURCE_DIR}/tools/report/src/notice.txt notice)
    file(WRITE ${place}/copyright "${licence}\nThe pages that the command writes hold what others wrote:\n\n${notice}")
    install(FILES ${place}/copyright ${place}/changelog.gz ${place}/changelog.Debian.gz DESTINATION ${doc}/${package} COMPONENT ${component} EXCLUDE_FROM_ALL)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME entente)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${ENTENTE_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_RELEASE ${ENTENTE_PACKAGE_RELEASE})
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

# The first line of all descriptions, and what they go on with; Debian wants lines of at most 80 characters.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "agent-based geopolitical simulation engine")
string(CONCAT about "A scenario file says who the actors are, what they hold toward each other,\n"
    "what they may do and how the world answers. It is compiled and run many\n"
    "times, and chances, dates, sensitivities and a comparison with the record\ncome out.")
set(CPACK_DEBIAN_ENTENTE_PACKAGE_NAME entente)
set(CPACK_DEBIAN_ENTENTE_PACKAGE_SECTION science)
set(CPACK_DEBIAN_ENTENTE_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_ENTENTE_PACKAGE_DEPENDS "${opened}")
set(CPACK_DEBIAN_ENTENTE_PACKAGE_SUGGESTS "entente-mpi, python3-entente, libentente-dev")
set(CPACK_COMPONENT_ENTENTE_DESCRIPTION "${about}")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libentente-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(developed_with pkg-config libfmt-dev libspdlog-dev libeigen3-dev libtbb-dev libyaml-cpp-dev nlohmann-json3-dev libboost-dev libsleef-dev libutf8proc-dev libxxhash-dev
    libdeflate-dev)  # as ententeConfig.cmake finds them
if(ENTENTE_NATIVE)
    list(APPEND developed_with libasmjit-dev)
endif()
list(JOIN developed_with ", " developed_with)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "${developed_with}, ${opened}")
set(CPACK_DEBIAN_DEV_PACKAGE_SUGGESTS "entente-mpi (= ${full_version})")
set(CPACK_COMPONENT_DEV_DESCRIPTION "${about}\n.\nThis package is for programs in C++: headers, archives and what CMake's\nfind_package(entente) reads.")

set(CPACK_DEBIAN_MPI_PACKAGE_NAME entente-mpi)
set(CPACK_DEBIAN_MPI_PACKAGE_SECTION science)
set(CPACK_DEBIAN_MPI_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_MPI_PACKAGE_ENHANCES "entente, libentente-dev")
set(CPACK_COMPONENT_MPI_DESCRIPTION "${about}\n.\nWith this package the ranks of a job that mpirun or srun starts share a\nstudy's work.")

set(CPACK_DEBIAN_PYTHON_PACKAGE_NAME python3-entente)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PYTHON_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_SOURCE_DIR}/postinst ${CMAKE_CURRENT_SOURCE_DIR}/prerm)
set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS "python3, python3-numpy, ${opened}")
set(CPACK_DEBIAN_PYTHON_PACKAGE_RECOMMENDS "python3-xarray, python3-pandas")
set(CPACK_DEBIAN_PYTHON_PACKAGE_SUGGESTS "python3-tqdm, entente (= ${full_version})")
set(CPACK_COMPONENT_PYTHON_DESCRIPTION "${about}\n.\nThis package is the Python module: runs are datasets of xarray, tables those\nof pandas.")

include(CPack)
