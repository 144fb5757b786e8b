namespace Oort.Inference;

/// <summary>
/// What is known of a parameter before the data: a probability density of its value, in the unit of the model file. A fit's bounds cut it off; what they leave is not normalised anew,
/// since constants do not matter.
/// </summary>
public abstract record Prior
{
    private Prior()
    {
    }

    /// <summary>Whether it is constant between bounds, in the value or in its logarithm: a search then knows the bounds alone.</summary>
    public bool IsConstant => this is Uniform or LogUniform;

    /// <summary>Natural logarithm of the density at a value, normalised over all values; minus infinity where there is none.</summary>
    public abstract double LogDensity(double value);

    /// <summary>What a search adds to the residuals of the data, so that it counts the prior's exponent, -1/2 of the square of this; null for a prior that is constant between bounds.</summary>
    internal virtual double? Residual(double value) => null;

    /// <summary>The standard error of a value that nothing else is known of; NaN for a prior that is constant between bounds.</summary>
    internal virtual double ErrorAt(double value) => double.NaN;

    /// <summary>Where the density does not vanish.</summary>
    internal virtual (double Low, double High) Support => (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>All values between two are equally probable.</summary>
    public sealed record Uniform : Prior
    {
        /// <summary>A uniform prior.</summary>
        /// <param name="low">Least value.</param>
        /// <param name="high">Largest value, above it.</param>
        /// <exception cref="ParameterException">They are not so.</exception>
        public Uniform(double low, double high)
        {
            Low = ParameterException.Check("prior", "uniform", low, true, "a finite number");
            High = ParameterException.Check("prior", "uniform", high, high > low, "above the least value");
        }

        /// <summary>Least value.</summary>
        public double Low { get; }

        /// <summary>Largest value.</summary>
        public double High { get; }

        /// <inheritdoc/>
        public override double LogDensity(double value) => value >= Low && value <= High ? -Math.Log(High - Low) : double.NegativeInfinity;

        internal override (double Low, double High) Support => (Low, High);
    }

    /// <summary>All values of the logarithm between those of two numbers are equally probable: Jeffreys' prior of a scale.</summary>
    public sealed record LogUniform : Prior
    {
        /// <summary>A log-uniform prior.</summary>
        /// <param name="low">Least value, above 0.</param>
        /// <param name="high">Largest value, above it.</param>
        /// <exception cref="ParameterException">They are not so.</exception>
        public LogUniform(double low, double high)
        {
            Low = ParameterException.Check("prior", "log-uniform", low, low > 0, "> 0");
            High = ParameterException.Check("prior", "log-uniform", high, high > low, "above the least value");
        }

        /// <summary>Least value.</summary>
        public double Low { get; }

        /// <summary>Largest value.</summary>
        public double High { get; }

        /// <inheritdoc/>
        public override double LogDensity(double value) => value >= Low && value <= High ? -Math.Log(value * Math.Log(High / Low)) : double.NegativeInfinity;

        internal override (double Low, double High) Support => (Low, High);
    }

    /// <summary>The normal distribution.</summary>
    public sealed record Normal : Prior
    {
        /// <summary>A normal prior.</summary>
        /// <param name="mean">Its mean.</param>
        /// <param name="sigma">Its standard deviation, above 0.</param>
        /// <exception cref="ParameterException">They are not so.</exception>
        public Normal(double mean, double sigma)
        {
            Mean = ParameterException.Check("prior", "normal", mean, true, "a finite number");
            Sigma = ParameterException.Check("prior", "normal", sigma, sigma > 0, "> 0 (sigma)");
        }

        /// <summary>Mean.</summary>
        public double Mean { get; }

        /// <summary>Standard deviation.</summary>
        public double Sigma { get; }

        /// <inheritdoc/>
        public override double LogDensity(double value)
        {
            double t = (value - Mean) / Sigma;
            return -0.5 * t * t - Math.Log(Sigma * Math.Sqrt(2 * Math.PI));
        }

        internal override double? Residual(double value) => (value - Mean) / Sigma;

        internal override double ErrorAt(double value) => Sigma;
    }

    /// <summary>The normal distribution of the logarithm: for what is known to a factor.</summary>
    public sealed record LogNormal : Prior
    {
        /// <summary>A log-normal prior.</summary>
        /// <param name="median">Its median, above 0.</param>
        /// <param name="sigma">Standard deviation of the natural logarithm, above 0.</param>
        /// <exception cref="ParameterException">They are not so.</exception>
        public LogNormal(double median, double sigma)
        {
            Median = ParameterException.Check("prior", "log-normal", median, median > 0, "> 0 (median)");
            Sigma = ParameterException.Check("prior", "log-normal", sigma, sigma > 0, "> 0 (sigma)");
        }

        /// <summary>Median.</summary>
        public double Median { get; }

        /// <summary>Standard deviation of the natural logarithm.</summary>
        public double Sigma { get; }

        /// <inheritdoc/>
        public override double LogDensity(double value)
        {
            double t = Math.Log(value / Median) / Sigma;
            return value > 0 ? -0.5 * t * t - Math.Log(value * Sigma * Math.Sqrt(2 * Math.PI)) : double.NegativeInfinity;
        }

        internal override double? Residual(double value) => Math.Log(value / Median) / Sigma;

        internal override double ErrorAt(double value) => value * Sigma;

        internal override (double Low, double High) Support => (0, double.PositiveInfinity);
    }

    /// <summary>The normal distribution about zero, of values that are not negative.</summary>
    public sealed record HalfNormal : Prior
    {
        /// <summary>A half-normal prior.</summary>
        /// <param name="sigma">Standard deviation of the whole normal distribution, above 0.</param>
        /// <exception cref="ParameterException">It is not so.</exception>
        public HalfNormal(double sigma) => Sigma = ParameterException.Check("prior", "half-normal", sigma, sigma > 0, "> 0 (sigma)");

        /// <summary>Standard deviation of the whole normal distribution.</summary>
        public double Sigma { get; }

        /// <inheritdoc/>
        public override double LogDensity(double value)
        {
            double t = value / Sigma;
            return value >= 0 ? -0.5 * t * t - Math.Log(Sigma * Math.Sqrt(0.5 * Math.PI)) : double.NegativeInfinity;
        }

        internal override double? Residual(double value) => value / Sigma;

        internal override double ErrorAt(double value) => Sigma;

        internal override (double Low, double High) Support => (0, double.PositiveInfinity);
    }
}
