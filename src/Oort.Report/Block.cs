namespace Oort.Report;

/// <summary>A part of a section.</summary>
/// <param name="Id">Its name in the page's addresses: unique, letters, digits and hyphens.</param>
internal abstract record Block(string Id);

/// <summary>Panels with a legend in common.</summary>
/// <param name="Id">Its name in the page's addresses.</param>
/// <param name="Title">What it shows, in plain words: for readers who cannot see it.</param>
/// <param name="Columns">How many panels stand side by side where there is room.</param>
/// <param name="Views">What can be chosen to be shown; a choice is offered if there are several. All have as many panels.</param>
internal sealed record Figure(string Id, string Title, int Columns, IReadOnlyList<View> Views) : Block(Id)
{
    /// <summary>A figure that shows one thing.</summary>
    public Figure(string id, string title, int columns, IReadOnlyList<Panel> panels)
        : this(id, title, columns, [new View("", panels)])
    {
    }

    /// <summary>Marks by name, each once, in the order in which they appear.</summary>
    public IEnumerable<Mark> Legend => Views.SelectMany(v => v.Panels).SelectMany(p => p.Marks).DistinctBy(m => m.Name);
}

/// <summary>One choice of what a figure shows.</summary>
/// <param name="Title">What it is called, in plain words.</param>
/// <param name="Panels">Its panels.</param>
internal sealed record View(string Title, IReadOnlyList<Panel> Panels);

/// <summary>A table.</summary>
/// <param name="Id">Its name in the page's addresses.</param>
/// <param name="Title">What it shows, as markup.</param>
/// <param name="Header">Headings of the columns, as markup.</param>
/// <param name="Rows">Cells, as markup; the first of each row is its heading.</param>
internal sealed record Table(string Id, string Title, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows) : Block(Id);

/// <summary>A drawing that needs no numbers.</summary>
/// <param name="Id">Its name in the page's addresses.</param>
/// <param name="Title">What it shows, in plain words: for readers who cannot see it.</param>
/// <param name="Svg">The drawing, an element svg in the page's colours.</param>
internal sealed record Drawing(string Id, string Title, string Svg) : Block(Id);
