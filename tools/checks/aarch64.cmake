# For aarch64, with Debian's compiler for it and the arm64 libraries that tools/checks/aarch64 unpacks into ENTENTE_SYSROOT. What is built
# runs under QEMU here.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(triplet aarch64-linux-gnu)
set(CMAKE_LIBRARY_ARCHITECTURE ${triplet})
set(CMAKE_C_COMPILER ${triplet}-gcc)
set(CMAKE_CXX_COMPILER ${triplet}-g++)

set(ENTENTE_SYSROOT "${CMAKE_CURRENT_LIST_DIR}/../../build/aarch64-root" CACHE PATH "The arm64 libraries")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES ENTENTE_SYSROOT)
get_filename_component(sysroot ${ENTENTE_SYSROOT} REALPATH)
set(CMAKE_FIND_ROOT_PATH ${sysroot})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
foreach(mode LIBRARY INCLUDE PACKAGE)
    set(CMAKE_FIND_ROOT_PATH_MODE_${mode} ONLY)
endforeach()
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${sysroot})
set(ENV{PKG_CONFIG_LIBDIR} ${sysroot}/usr/lib/${triplet}/pkgconfig:${sysroot}/usr/share/pkgconfig)
set(CMAKE_CXX_FLAGS_INIT "-isystem ${sysroot}/usr/include -isystem ${sysroot}/usr/include/${triplet}")  # which pkg-config leaves out, as it need not be told elsewhere
# Libraries that libraries need.
string(CONCAT CMAKE_EXE_LINKER_FLAGS_INIT "-Wl,-rpath-link,${sysroot}/usr/lib/${triplet} -Wl,-rpath-link,${sysroot}/lib/${triplet} "
    "-Wl,-rpath-link,${sysroot}/usr/lib/${triplet}/hdf5/serial")
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L ${sysroot})
