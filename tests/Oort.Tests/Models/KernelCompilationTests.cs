using Oort.Models;

namespace Oort.Tests.Models;

public sealed class KernelCompilationTests
{
    // A kernel that becomes generic, or whose type parameters change, makes the work fail, which no command would notice.
    [Fact]
    public async Task Every_kernel_named_can_be_compiled_ahead()
    {
        await KernelCompilation.BeginVelocities();
        await KernelCompilation.BeginSampling();
    }
}
