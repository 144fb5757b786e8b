namespace Oort.Coordinates;

/// <summary>A rotation of Cartesian coordinates: the matrix whose product with a vector gives its components along turned axes.</summary>
internal readonly record struct Rotation3(
    double XX, double XY, double XZ, double YX, double YY, double YZ, double ZX, double ZY, double ZZ)
{
    /// <summary>Turns the axes by an angle (radians) about x.</summary>
    public static Rotation3 AboutX(double angle)
    {
        (double s, double c) = Math.SinCos(angle);
        return new(1, 0, 0, 0, c, s, 0, -s, c);
    }

    /// <summary>Turns the axes by an angle (radians) about y.</summary>
    public static Rotation3 AboutY(double angle)
    {
        (double s, double c) = Math.SinCos(angle);
        return new(c, 0, -s, 0, 1, 0, s, 0, c);
    }

    /// <summary>Turns the axes by an angle (radians) about z.</summary>
    public static Rotation3 AboutZ(double angle)
    {
        (double s, double c) = Math.SinCos(angle);
        return new(c, s, 0, -s, c, 0, 0, 0, 1);
    }

    /// <summary>The inverse.</summary>
    public Rotation3 Inverse => new(XX, YX, ZX, XY, YY, ZY, XZ, YZ, ZZ);

    /// <summary>Components of a vector along the turned axes.</summary>
    public (double x, double y, double z) Apply(double x, double y, double z)
        => (XX * x + XY * y + XZ * z, YX * x + YY * y + YZ * z, ZX * x + ZY * y + ZZ * z);

    /// <summary>First <paramref name="b"/>, then <paramref name="a"/>.</summary>
    public static Rotation3 operator *(Rotation3 a, Rotation3 b)
    {
        (double xx, double yx, double zx) = a.Apply(b.XX, b.YX, b.ZX);
        (double xy, double yy, double zy) = a.Apply(b.XY, b.YY, b.ZY);
        (double xz, double yz, double zz) = a.Apply(b.XZ, b.YZ, b.ZZ);
        return new(xx, xy, xz, yx, yy, yz, zx, zy, zz);
    }
}
