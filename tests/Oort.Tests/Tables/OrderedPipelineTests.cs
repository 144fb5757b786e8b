using Oort.Tables;

namespace Oort.Tests.Tables;

public class OrderedPipelineTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 20)]
    [InlineData(4, 1)]
    [InlineData(4, 500)]
    public void Items_come_in_order_and_few_exist_at_once(int threads, int count)
    {
        int made = 0;
        List<long> consumed = [];
        new OrderedPipeline<long[]>(threads, () => { Interlocked.Increment(ref made); return new long[1]; }).Run(
            count,
            (i, own) =>
            {
                Thread.SpinWait((int)(i * 7919 % 1000));
                own[0] = i;
                return own;
            },
            own => consumed.Add(own[0]),
            CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), consumed);
        Assert.True(made <= 2 * threads, $"{made} items for {threads} threads");
    }

    [Fact]
    public void The_first_failure_ends_it()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => new OrderedPipeline<int>(3, () => 0).Run(
            long.MaxValue, (i, _) => (int)i, i => { if (i == 50) { throw new InvalidOperationException("consumer"); } }, CancellationToken.None));
        Assert.Equal("consumer", e.Message);
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new OrderedPipeline<int>(3, () => 0).Run(long.MaxValue, (i, _) => (int)i, _ => { }, cancelled.Token));
    }
}
