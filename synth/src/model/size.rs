//! Sizes of tasks: those that Fargate has.

/// A Fargate size that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    cpu: u32,
    memory: u32,
}

/// So many CPU units and MiB on Fargate, whether it has that size or not.
#[derive(Debug)]
pub enum Fargate<const CPU: u32, const MEMORY: u32> {}

mod sealed {
    pub trait Sealed {}
}

/// Fargate has this size. The table is that of [`Size::of`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a size that Fargate has",
    label = "no such size of CPU units and MiB",
    note = "the sizes are in the table of `synth::model::Size::of`: for 512 units 1024, 2048, 3072 or 4096 MiB, and so on"
)]
pub trait Exists: sealed::Sealed {}

/// The one table of sizes: for the compiler, for [`Size::exists`] and for people.
macro_rules! sizes {
    ($($cpu:literal: $($memory:literal)*;)*) => {
        $($(
            impl sealed::Sealed for Fargate<$cpu, $memory> {}
            impl Exists for Fargate<$cpu, $memory> {}
        )*)*

        const TABLE: &[(u32, &[u32])] = &[$(($cpu, &[$($memory),*])),*];

        impl Size {
            /// So many CPU units (1,024 are one vCPU) and MiB of memory. A size that Fargate does not have does not
            /// compile, in `cargo check` and so in an editor too.
            ///
            /// AWS's table (Amazon ECS developer guide, "Task CPU and memory", and the resource provider schema of
            /// `AWS::ECS::TaskDefinition`):
            ///
            /// | CPU units | MiB |
            /// | ---: | :--- |
            $(#[doc = concat!("| ", $cpu, " | ", $($memory, " ",)* "|")])*
            #[must_use]
            pub const fn of<const CPU: u32, const MEMORY: u32>() -> Self
            where
                Fargate<CPU, MEMORY>: Exists,
            {
                Self {
                    cpu: CPU,
                    memory: MEMORY,
                }
            }
        }
    };
}

sizes! {
    256: 512 1024 2048;
    512: 1024 2048 3072 4096;
    1024: 2048 3072 4096 5120 6144 7168 8192;
    2048: 4096 5120 6144 7168 8192 9216 10240 11264 12288 13312 14336 15360 16384;
    4096: 8192 9216 10240 11264 12288 13312 14336 15360 16384 17408 18432 19456 20480 21504 22528 23552 24576 25600
        26624 27648 28672 29696 30720;
    8192: 16384 20480 24576 28672 32768 36864 40960 45056 49152 53248 57344 61440;
    16384: 32768 40960 49152 57344 65536 73728 81920 90112 98304 106_496 114_688 122_880;
    32768: 61440 122_880 249_856;
}

impl Size {
    /// Whether Fargate has a size.
    #[must_use]
    pub fn exists(cpu: u32, memory: u32) -> bool {
        TABLE
            .iter()
            .any(|(units, memories)| *units == cpu && memories.contains(&memory))
    }

    /// CPU units: 1,024 are one vCPU.
    #[must_use]
    pub fn cpu(self) -> u32 {
        self.cpu
    }

    /// Memory in MiB.
    #[must_use]
    pub fn memory(self) -> u32 {
        self.memory
    }
}
