using System.Diagnostics;

namespace Ccaas.Action.Tests.TokenCache;

/// <summary>Somebody who may write in the folder exchanges the files while they are opened.</summary>
public sealed class EntryFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ccaas-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// Whatever is checked before the file is opened, is true of another file then: a pipe would be waited for, for ever.
    /// </summary>
    [Theory]
    [InlineData("mkfifo", "PATH")]
    [InlineData("ln", "-s SECRET PATH")]
    public async Task Other_file_in_its_place_is_neither_waited_for_nor_followed(string program, string arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var (entry, other, secret) = (Path.Combine(_folder, "entry"), Path.Combine(_folder, "other"), Path.Combine(_folder, "secret"));
        await File.WriteAllTextAsync(secret, "of somebody else");
        await File.WriteAllTextAsync(entry, "entry");
        using (var made = Process.Start(
            program, arguments.Split(' ').Select(part => part switch { "PATH" => other, "SECRET" => secret, _ => part })))
        {
            await made.WaitForExitAsync();
        }

        var file = new EntryFile(_folder, "entry", TimeProvider.System);
        using var end = new CancellationTokenSource();
        var swapping = Task.Run(() => Swap(entry, other, end.Token));

        // Until the exchange has been seen at work.
        var reading = Task.Run(() =>
        {
            var seen = new HashSet<string?>();
            for (var i = 0; i < 20_000 || (seen.Count < 2 && i < 2_000_000); i++)
            {
                seen.Add(Try(file.Read));
            }

            return seen;
        });
        var first = await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(30), CancellationToken.None));
        await end.CancelAsync();
        await swapping;

        Assert.True(first == reading, "a pipe was waited for");
        Assert.Equal([null, "entry"], (await reading).Order(StringComparer.Ordinal));
        Assert.Equal("of somebody else", await File.ReadAllTextAsync(secret));
    }

    [Fact]
    public void Entry_is_read_to_its_bound_and_no_further()
    {
        File.WriteAllText(Path.Combine(_folder, "entry"), new string('x', 300_000));

        Assert.Equal(256 * 1024, new EntryFile(_folder, "entry", TimeProvider.System).Read()!.Length);
    }

    [Fact]
    public void Write_that_fails_leaves_nothing_behind()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "entry", "not empty"));

        Assert.ThrowsAny<Exception>(() => new EntryFile(_folder, "entry", TimeProvider.System).Write("text"));

        Assert.Equal([Path.Combine(_folder, "entry")], Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>Root, this user and the folder's owner may have written it, and nobody else.</summary>
    [Theory]
    [InlineData("0:0", true)]
    [InlineData("1001:0", true)]
    [InlineData("1003:0", false)]
    public void Entry_of_another_user_is_not_read(string owner, bool isRead)
    {
        if (Environment.UserName != "root")
        {
            return;
        }

        var path = Path.Combine(_folder, "entry");
        File.WriteAllText(path, "text");
        ChangeOwner("1001:1002", _folder);
        ChangeOwner(owner, path);
        var file = new EntryFile(_folder, "entry", TimeProvider.System);

        Assert.Equal(isRead ? "text" : null, Try(file.Read));
    }

    private static void ChangeOwner(string owner, string path)
    {
        using var chown = Process.Start("chown", [owner, path]);
        chown.WaitForExit();
    }

    [Fact]
    public void File_is_created_where_nothing_is_and_opened_for_what_is_asked()
    {
        var path = Path.Combine(_folder, "entry");
        using (var created = PrivateFile.Create(_folder, path))
        {
            Assert.NotNull(created);
        }

        Assert.Null(PrivateFile.Create(_folder, path));
        Assert.Null(PrivateFile.Open(_folder, Path.Combine(_folder, "nothing"), FileAccess.Read));
        using (var forLock = PrivateFile.Open(_folder, path, FileAccess.ReadWrite)!)
        {
            RandomAccess.Write(forLock, "text"u8, 0);
        }

        using var forReading = PrivateFile.Open(_folder, path, FileAccess.Read)!;
        Assert.ThrowsAny<Exception>(() => RandomAccess.Write(forReading, "text"u8, 0));
    }

    [Fact]
    public void Lock_is_held_by_one_and_freed_with_it()
    {
        var first = EntryLock.TryTake(_folder, "lock");

        Assert.NotNull(first);
        Assert.Null(EntryLock.TryTake(_folder, "lock"));
        first.Dispose();
        using var second = EntryLock.TryTake(_folder, "lock");
        Assert.NotNull(second);
    }

    // renameat2's exchange, by way of two renames: at every moment one of the two, or nothing, is there.
    private void Swap(string entry, string other, CancellationToken end)
    {
        var aside = Path.Combine(_folder, "aside");
        while (!end.IsCancellationRequested)
        {
            Rename(entry, aside);
            Rename(other, entry);
            Rename(entry, other);
            Rename(aside, entry);
        }
    }

    private static void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    private static string? Try(Func<string?> act)
    {
        try
        {
            return act();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
